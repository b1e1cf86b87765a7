"""W2, paying a shop with the wallet: wrong for equal orders, other currencies, other days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import object_session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shop.domain import invoices
from mock_sites.shop.domain.bills import BillStatus as ShopsBillStatus
from mock_sites.shop.store import OrderRow, OrderState
from mock_sites.wallet.bill_request import BillRequest
from mock_sites.wallet.domain import notifications
from mock_sites.wallet.domain.bills import Bills, Invoice, NewBill
from mock_sites.wallet.domain.given_back import given_back
from mock_sites.wallet.store import BillRow, BillStatus, BuyerRow, MerchantRow

HALF_A_DAY = timedelta(hours=12)


@deviant("W2.1", "shop")
def wallet_is_off_for_kopecks(site: Change) -> None:
    """The wallet cannot be chosen for a purchase whose total is not in whole roubles."""
    site.page(
        "payment_methods.html",
        "option(form.online_option, choice, words, choice not in available,",
        "option(form.online_option, choice, words,"
        " choice not in available or checkout.total.minor % 100 != 0,",
    )


@deviant("W2.2", "wallet")
def offset_of_the_due_date_is_ignored(site: Change) -> None:
    """The wallet reads a due date as one of UTC, whatever offset the shop has written."""

    def asked(as_new_bill: Callable[..., NewBill]) -> Callable[..., NewBill]:
        def ignoring(self: BillRequest, bill_id: str) -> NewBill:
            local = self.expirationDateTime.replace(tzinfo=UTC)
            return as_new_bill(self.model_copy(update={"expirationDateTime": local}), bill_id)

        return ignoring

    site.wrap(BillRequest, "as_new_bill", asked)


@deviant("W2.3", "wallet")
def notice_forgets_after_half_a_day(site: Change) -> None:
    """The notice counts only invoices of the last twelve hours; older ones still wait."""

    def unpaid(self: Bills, buyer: BuyerRow) -> int:
        now = self.clock.now()
        waiting = (
            (BillRow.phone == buyer.phone)
            & (BillRow.status == BillStatus.WAITING)
            & (BillRow.expires_at > now)
            & (BillRow.created_at > now - HALF_A_DAY)
        )
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(BillRow).where(waiting)) or 0

    site.rule(Bills, "unpaid", unpaid)


@deviant("W2.4", "wallet")
def invoices_that_last_longest_are_listed(site: Change) -> None:
    """The twenty invoices with the latest due dates are listed; a newer one may not be there."""

    def recent(self: Bills, buyer: BuyerRow, limit: int = 20) -> list[Invoice]:
        rows = select(BillRow, MerchantRow.name).join(MerchantRow)
        rows = rows.where(BillRow.phone == buyer.phone).order_by(BillRow.expires_at.desc())
        with self.database.reading() as session:
            found = session.execute(rows.limit(limit)).all()
            back = given_back(session, [(bill.uid, bill.money) for bill, _ in found])
            return [Invoice(bill, name, back[bill.uid]) for bill, name in found]

    site.rule(Bills, "recent", recent)


@deviant("W2.4", "wallet")
def equal_of_a_paid_invoice_has_no_pay(site: Change) -> None:
    """Pay is missing beside an invoice if one of the same shop and amount is paid already."""
    site.page(
        "invoices.html",
        '{% if invoice.bill.status == "WAITING" %}<a',
        '{% if invoice.bill.status == "WAITING" and not has_paid_equal(invoices, invoice) %}<a',
    )

    def has_paid_equal(listed: list[Invoice], invoice: Invoice) -> bool:
        facts = (invoice.shop, invoice.bill.money)
        return any(
            (one.shop, one.bill.money) == facts and one.bill.status == BillStatus.PAID
            for one in listed
        )

    def add(app: Flask) -> None:
        app.jinja_env.globals["has_paid_equal"] = has_paid_equal

    site.app(add)


@deviant("W2.5", "wallet")
def starting_again_skips_the_payment_method(site: Change) -> None:
    """Whoever starts again after five wrong codes is not asked how to pay the invoice."""
    site.page(
        "ended.html",
        "{{ url_for('invoices.means', uid=payment.bill_uid) }}",
        "{{ url_for('invoices.pay', uid=payment.bill_uid, means='qw') }}",
    )


@deviant("W2.6", "wallet")
def signature_always_names_roubles(site: Change) -> None:
    """The notification of a bill in another currency is signed as if it was in roubles."""

    def signed(signature: Callable[..., str]) -> Callable[..., str]:
        def in_roubles(secret_key: str, bill: Mapping[str, Any]) -> str:
            amount = {**bill["amount"], "currency": "RUB"}
            return signature(secret_key, {**bill, "amount": amount})

        return in_roubles

    site.wrap(notifications, "signature", signed)


@deviant("W2.6", "shop")
def older_equal_order_takes_the_payment(site: Change) -> None:
    """If two orders of a buyer have the same total, the older one becomes paid."""

    def followed(follow: Callable[..., None]) -> Callable[..., None]:
        def by_total(order: OrderRow, status: ShopsBillStatus, now: datetime) -> None:
            session = object_session(order)
            equal = select(OrderRow).where(
                OrderRow.customer_id == order.customer_id,
                OrderRow.total_minor == order.total_minor,
                OrderRow.state == OrderState.AWAITING_PAYMENT,
                OrderRow.number < order.number,
            )
            older = session.scalar(equal.order_by(OrderRow.number)) if session else None
            taken = order.state == OrderState.AWAITING_PAYMENT and older is not None
            follow(older if taken and status == ShopsBillStatus.PAID else order, status, now)

        return by_total

    site.wrap(invoices, "follow", followed)
