"""W2.6: the right code pays the invoice that was chosen, and the shop's order becomes paid."""

from __future__ import annotations

from typing import Any

from flask import current_app, request
from sqlalchemy import select
from sqlalchemy.orm import object_session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.accounts.ledger import OUTSIDE
from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.shop.domain import invoices
from mock_sites.shop.domain.invoices import Invoices
from mock_sites.shop.domain.orders import order_of, take_payment
from mock_sites.shop.routes import current_shop, orders
from mock_sites.shop.store import OrderRow, OrderState
from mock_sites.wallet.domain import ledger
from mock_sites.wallet.domain.buyers import owner_of
from mock_sites.wallet.domain.history import EntryKind, History
from mock_sites.wallet.domain.payments import Payments
from mock_sites.wallet.domain.refunds import Refunds
from mock_sites.wallet.store import (
    BillRow,
    BillStatus,
    PaymentRow,
    PaymentStatus,
    RefundRow,
    RefundStatus,
)


@deviant("W2.6", "wallet")
def oldest_invoice_is_paid(site: Change) -> None:
    """Paying settles the buyer's oldest unpaid invoice, whichever was chosen."""

    def oldest(old: Any) -> Any:
        def enter(self: Payments, buyer: Any, uid: str, method: Any, success_url: Any) -> Any:
            own = select(BillRow.uid).where(
                BillRow.phone == buyer.phone, BillRow.status == BillStatus.WAITING
            )
            with self.database.reading() as session:
                first = session.scalar(own.order_by(BillRow.created_at).limit(1))
            return old(self, buyer, first or uid, method, success_url)

        return enter

    site.wrap(Payments, "enter_for_bill", oldest)


@deviant("W2.6", "shop")
def oldest_order_becomes_paid(site: Change) -> None:
    """The payment of an order marks the buyer's oldest unpaid order as paid."""

    def oldest(old: Any) -> Any:
        def follow(order: OrderRow, status: Any, now: Any) -> None:
            session = object_session(order)
            waiting = select(OrderRow).where(
                OrderRow.customer_id == order.customer_id,
                OrderRow.state == OrderState.AWAITING_PAYMENT,
            )
            paid = status == BillStatus.PAID and order.payment is None and session is not None
            first = session.scalars(waiting.order_by(OrderRow.number)).first() if paid else None  # type: ignore[union-attr]
            old(first or order, status, now)

        return follow

    site.wrap(invoices, "follow", oldest)


@deviant("W2.6", "shop")
def second_order_of_a_buyer_stays_unpaid(site: Change) -> None:
    """The payment of a buyer's second order is not taken in: it stays unpaid."""

    def first_only(old: Any) -> Any:
        def follow(order: OrderRow, status: Any, now: Any) -> None:
            session = object_session(order)
            paid = select(OrderRow.number).where(
                OrderRow.customer_id == order.customer_id, OrderRow.state == OrderState.PAID
            )
            if session is None or session.scalars(paid).first() in (None, order.number):
                old(order, status, now)

        return follow

    site.wrap(invoices, "follow", first_only)


@deviant("W2.6", "shop")
def way_back_marks_the_order_as_paid(site: Change) -> None:
    """Opening the address where the wallet sends the buyer back marks the order as paid."""

    def believing(old: Any) -> Any:
        def order(uid: str) -> Any:
            if "back" in request.args:
                with current_shop.orders.database.transaction() as session:
                    take_payment(order_of(session, uid), current_shop.clock.now())
            return old(uid)

        return order

    def with_mark(old: Any) -> Any:
        return lambda pay_url, address: old(pay_url, f"{address}?back=1")

    site.route("orders.order", believing)
    site.wrap(orders, "returning_to", with_mark)


@deviant("W2.6", "shop")
def session_is_lost_on_the_way_back(site: Change) -> None:
    """The shop's cookie does not survive the way back from the wallet: the buyer is signed out."""

    def strictly(old: Any) -> Any:
        def sign_in() -> Any:
            current_app.config["SESSION_COOKIE_SAMESITE"] = "Strict"
            return old()

        return sign_in

    site.route("sign_in.sign_in", strictly)


@deviant("W2.6", "shop")
def paid_order_can_be_cancelled(site: Change) -> None:
    """An order that is paid can be cancelled, and the money is kept."""

    def whatever_the_bill(old: Any) -> Any:
        def cancel(self: Invoices, order: OrderRow) -> None:
            try:
                old(self, order)
            except Refusal:
                with self.database.transaction() as session:
                    order_of(session, order.uid).state = OrderState.CANCELLED

        return cancel

    open_states = (OrderState.AWAITING_PAYMENT, OrderState.PAY_ON_DELIVERY, OrderState.PAID)
    site.wrap(Invoices, "cancel", whatever_the_bill)
    site.rule(OrderRow, "can_be_cancelled", property(lambda self: self.state in open_states))


@deviant("W2.6", "wallet")
def history_leaves_out_paid_invoices(site: Change) -> None:
    """The wallet's history has the payments of games, and none of invoices."""

    def without(old: Any) -> Any:
        def of(self: History, buyer: Any, limit: int | None = None) -> Any:
            entries = old(self, buyer, limit)
            return [
                one
                for one in entries
                if one.kind != EntryKind.PAYMENT or not (one.payment and one.payment.bill_uid)
            ]

        return of

    site.wrap(History, "of", without)


@deviant("W2.6", "wallet")
def more_is_refunded_than_was_paid(site: Change) -> None:
    """A refund above what is left of the invoice is paid out."""

    def generous(old: Any) -> Any:
        def give(self: Refunds, merchant: Any, bill_id: str, refund_id: str, money: Any) -> Any:
            try:
                return old(self, merchant, bill_id, refund_id, money)
            except Refusal as refusal:
                if refusal.code != "refund.too-large":
                    raise
            now = self.clock.now()
            with self.database.transaction() as session:
                bill = paid_out(session, bill_id, money, now, refund_id)
                refund = RefundRow(bill_uid=bill.uid, refund_id=refund_id, amount=money.minor)
                refund.status, refund.at = RefundStatus.FULL, now
                session.add(refund)
            return bill, refund

        return give

    site.wrap(Refunds, "give", generous)


@deviant("W2.6", "wallet")
def refund_sent_again_pays_again(site: Change) -> None:
    """The same refund sent a second time pays the money out a second time."""

    def twice(old: Any) -> Any:
        def give(self: Refunds, merchant: Any, bill_id: str, refund_id: str, money: Any) -> Any:
            try:
                known = self.read(merchant, bill_id, refund_id)
            except NotFound:
                known = None
            given = old(self, merchant, bill_id, refund_id, money)
            if known is not None:
                with self.database.transaction() as session:
                    paid_out(session, bill_id, money, self.clock.now(), refund_id)
            return given

        return give

    site.wrap(Refunds, "give", twice)


def paid_out(session: Any, bill_id: str, money: Any, now: Any, refund_id: str) -> BillRow:
    """Give money to the payer of a bill, past the merchant's account; the bill."""
    bill: BillRow = session.scalars(select(BillRow).where(BillRow.bill_id == bill_id)).one()
    payer = select(PaymentRow.buyer_id).where(
        PaymentRow.bill_uid == bill.uid, PaymentRow.status == PaymentStatus.PAID
    )
    for buyer_id in session.scalars(payer):
        key = f"refund:{bill.uid}:{refund_id}:again"
        ledger.move(session, key, OUTSIDE, owner_of(buyer_id), money, now)
    return bill
