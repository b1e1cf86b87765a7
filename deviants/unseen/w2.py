"""W2: paying a shop with the wallet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask, has_request_context, redirect, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import object_session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shop.card_store import DraftRow
from mock_sites.shop.clients.wallet import BillClient
from mock_sites.shop.domain import invoices as invoices_of_shop
from mock_sites.shop.domain.addresses import Addresses, Draft
from mock_sites.shop.domain.bills import BillRefused
from mock_sites.shop.domain.bills import BillStatus as StatusAtShop
from mock_sites.shop.domain.invoices import Invoices
from mock_sites.shop.routes import current_shop
from mock_sites.shop.store import OrderRow, OrderState, PaymentMethod
from mock_sites.wallet.domain.bills import Bills, Invoice
from mock_sites.wallet.domain.payments import OPEN
from mock_sites.wallet.routes import current_wallet
from mock_sites.wallet.routes.payments import page_of_payment
from mock_sites.wallet.store import BillRow, BillStatus, PaymentRow, PaymentStatus

BLOCK = "payment_methods.html"
# In minor units: so much may lie in a wallet whose owner is not identified.
MOST_IN_A_WALLET = 15_000_00
SHOWN = 5


def add_global(site: Change, name: str, value: Any) -> None:
    """Let the site's pages use a function of that name."""

    def add(app: Flask) -> None:
        app.jinja_env.globals[name] = value

    site.app(add)


def unpaid_less(site: Change, *not_counted: Any) -> None:
    """Count no unpaid invoice of which all of this holds."""

    def counting(old: Any) -> Any:
        def unpaid(self: Bills, buyer: Any) -> int:
            out = (
                select(func.count())
                .select_from(BillRow)
                .where(
                    BillRow.phone == buyer.phone,
                    BillRow.status == BillStatus.WAITING,
                    BillRow.expires_at > self.clock.now(),
                    *not_counted,
                )
            )
            with self.database.reading() as rows:
                return int(old(self, buyer)) - int(rows.scalar(out) or 0)

        return unpaid

    site.wrap(Bills, "unpaid", counting)


@deviant("W2.1", "shop")
def wallet_is_not_offered_for_a_large_order(site: Change) -> None:
    """Above 15 000 roubles the wallet cannot be chosen."""
    large = f'choice == "qiwi-wallet" and checkout.total.minor > {MOST_IN_A_WALLET}'
    site.page(BLOCK, "choice not in available", f"choice not in available or ({large})")


@deviant("W2.1", "shop")
def wallet_is_not_offered_after_a_cancelled_order(site: Change) -> None:
    """After cancelling an order that awaited the wallet, a buyer is not offered it again."""

    def has_cancelled() -> bool:
        return any(
            order.payment_method == PaymentMethod.QIWI_WALLET
            and order.state == OrderState.CANCELLED
            for order in current_shop.orders.of_customer(signed_in_person().id)
        )

    add_global(site, "has_cancelled", has_cancelled)
    options = "in wording.ONLINE_OPTIONS.items()"
    site.page(BLOCK, options, f'{options} if choice != "qiwi-wallet" or not has_cancelled()')


@deviant("W2.2", "shop")
def phone_is_empty_at_the_second_order(site: Change) -> None:
    """From the second order on the number that gets the invoice has to be typed by heart."""

    def forgetting(old: Any) -> Any:
        def draft(self: Addresses, customer: Any, checkout_uid: str) -> Draft:
            found: Draft = old(self, customer, checkout_uid)
            if not has_request_context() or request.endpoint != "checkout.checkout":
                return found
            with self.database.reading() as rows:
                typed = rows.get(DraftRow, checkout_uid)
            first = typed is not None or not self.used(customer.id)
            return found if first else replace(found, phone="")

        return draft

    site.wrap(Addresses, "draft", forgetting)


@deviant("W2.2", "shop")
def order_placed_again_after_a_cancelled_one_gets_no_invoice(site: Change) -> None:
    """Cancelled and ordered again for the same total, the new order never gets an invoice."""
    without_bill: set[str] = set()

    def issuing(old: Any) -> Any:
        def issue(self: Invoices, order: OrderRow) -> None:
            cancelled = select(OrderRow.uid).where(
                OrderRow.customer_id == order.customer_id,
                OrderRow.total_minor == order.total_minor,
                OrderRow.payment_method == PaymentMethod.QIWI_WALLET,
                OrderRow.state == OrderState.CANCELLED,
            )
            with self.database.reading() as rows:
                if rows.scalars(cancelled).first() is not None:
                    without_bill.add(order.uid)
            old(self, order)

        return issue

    def refusing(old: Any) -> Any:
        def issue(self: BillClient, order: OrderRow) -> Any:
            if order.uid in without_bill:
                raise BillRefused("this order was invoiced before")
            return old(self, order)

        return issue

    site.wrap(Invoices, "issue", issuing)
    site.wrap(BillClient, "issue", refusing)


@deviant("W2.3", "wallet")
def notice_is_gone_once_paying_was_begun(site: Change) -> None:
    """An invoice for which a code was sent, and not entered, is not counted as unpaid."""
    begun = select(PaymentRow.bill_uid).where(PaymentRow.status == PaymentStatus.CONFIRMING)
    unpaid_less(site, BillRow.uid.in_(begun))


@deviant("W2.3", "wallet")
def notice_ignores_invoices_in_tenge(site: Change) -> None:
    """An unpaid invoice in another currency than roubles brings no notice."""
    unpaid_less(site, BillRow.currency != "RUB")


@deviant("W2.4", "wallet")
def list_holds_the_five_invoices_due_first(site: Change) -> None:
    """With more than five invoices the list has those that are due first, not the newest."""

    def by_due_date(old: Any) -> Any:
        def recent(self: Bills, buyer: Any, limit: int = 100) -> list[Invoice]:
            due_first = sorted(old(self, buyer, limit), key=lambda one: one.bill.expires_at)
            return sorted(due_first[:SHOWN], key=lambda one: one.bill.created_at, reverse=True)

        return recent

    site.wrap(Bills, "recent", by_due_date)


@deviant("W2.4", "wallet")
def invoice_loses_pay_after_five_wrong_codes(site: Change) -> None:
    """An invoice whose payment ended by wrong codes is unpaid, and has no Pay beside it again."""

    def was_ended(uid: str) -> bool:
        ended = select(PaymentRow).where(
            PaymentRow.bill_uid == uid, PaymentRow.status == PaymentStatus.ENDED
        )
        with current_wallet.database.reading() as rows:
            return rows.scalars(ended).first() is not None

    add_global(site, "was_ended", was_ended)
    waits = '{% if invoice.bill.status == "WAITING" %}<a'
    instead = '{% if invoice.bill.status == "WAITING" and not was_ended(invoice.bill.uid) %}<a'
    site.page("invoices.html", waits, instead)


@deviant("W2.5", "wallet")
def shops_link_skips_the_choice(site: Change) -> None:
    """From the shop's own link the invoice opens with the wallet chosen already."""

    def skipping(_old: Any) -> Any:
        def form() -> Any:
            uid, address = request.args.get("invoice_uid", "-"), request.args.get("successUrl")
            return redirect(url_for("invoices.pay", uid=uid, means="qw", successUrl=address), 303)

        return form

    site.route("bill_form.form", skipping)


@deviant("W2.5", "wallet")
def begun_invoice_opens_at_the_code(site: Change) -> None:
    """An invoice whose payment was begun and left opens at the code: no means are asked for."""

    def resuming(old: Any) -> Any:
        def means(uid: str) -> Any:
            begun = select(PaymentRow).where(
                PaymentRow.bill_uid == uid,
                PaymentRow.buyer_id == signed_in_person().id,
                PaymentRow.status.in_(OPEN),
            )
            with current_wallet.database.reading() as rows:
                payment = rows.scalars(begun).first()
            if payment is None or payment.status != PaymentStatus.CONFIRMING:
                return old(uid)
            return redirect(page_of_payment(payment), 303)

        return means

    site.route("invoices.means", resuming)


@deviant("W2.6", "shop")
def second_order_of_the_same_total_stays_unpaid(site: Change) -> None:
    """A buyer's second order of the same total awaits its payment although it was paid."""

    def once_for_a_total(old: Any) -> Any:
        def follow(order: OrderRow, status: Any, now: Any) -> None:
            rows = object_session(order)
            twin = select(OrderRow.uid).where(
                OrderRow.customer_id == order.customer_id,
                OrderRow.total_minor == order.total_minor,
                OrderRow.uid != order.uid,
                OrderRow.state == OrderState.PAID,
            )
            if status == StatusAtShop.PAID and rows is not None and rows.scalars(twin).first():
                return
            old(order, status, now)

        return follow

    site.wrap(invoices_of_shop, "follow", once_for_a_total)


@deviant("W2.6", "shop")
def list_of_orders_calls_a_paid_order_unpaid(site: Change) -> None:
    """The order's own page says Paid; in My orders it goes on awaiting its payment."""
    paid = 'order.state == "PAID" and order.payment_method == "QIWI_WALLET" and not order.refunds'
    waits = '<span class="state waiting">{{ wording.ORDER_STATES["AWAITING_PAYMENT"] }}</span>'
    state = "{{ show.state(order) }}"
    site.page("orders.html", state, f"{{% if {paid} %}}{waits}{{% else %}}{state}{{% endif %}}")
