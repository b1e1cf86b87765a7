"""Merchants who get, cancel or give back what they may not."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.money import Money
from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet.domain import bills, refunds
from mock_sites.wallet.domain.bills import Bills
from mock_sites.wallet.store import BillRow, BillStatus, BuyerRow


@deviant("W2.6", "wallet", "An unpaid order is not refunded")
def unpaid_order_is_refunded(site: Change) -> None:
    """An invoice that nobody has paid can be refunded."""

    def payer(session: Session, bill: BillRow) -> int:
        return session.scalars(select(BuyerRow.id).where(BuyerRow.phone == bill.phone)).one()

    site.rule(refunds, "money_left", lambda _session, bill: bill.money)
    site.rule(refunds, "payer_of", payer)


@deviant("W2.6", "wallet", "After a refund no more than the rest is refunded")
def refunds_are_compared_with_the_whole_payment(site: Change) -> None:
    """Each refund may be as large as the payment, whatever was given back before."""

    def paid(_session: Session, bill: BillRow) -> Money:
        return Money(bill.amount if bill.status == BillStatus.PAID else 0, bill.currency)

    site.rule(refunds, "money_left", paid)


@deviant("W2.6", "wallet", "A paid invoice cannot be cancelled")
def paid_invoice_can_be_cancelled(site: Change) -> None:
    """The wallet agrees to cancel an invoice that is paid, and keeps the money with the shop."""

    def agrees(reject: Any) -> Any:
        def agree(self: Bills, merchant: Any, bill_id: str) -> BillRow:
            try:
                return reject(self, merchant, bill_id)  # type: ignore[no-any-return]
            except Refusal as refusal:
                if refusal.code != "bill.paid":
                    raise
            with self.database.transaction() as session:
                bill = bills.own_bill(session, merchant, bill_id, self.clock.now())
                bill.status = BillStatus.REJECTED
            return bill

        return agree

    site.wrap(Bills, "reject", agrees)


@deviant("W2.6", "wallet", "An invoice cancelled before the code is entered is not paid")
def cancelled_invoice_is_paid_by_its_code(site: Change) -> None:
    """A code that was sent for an invoice pays it although the shop has cancelled it since."""

    def cancelled_too(payable_by: Any) -> Any:
        def payable(session: Session, buyer: Any, uid: str, now: Any) -> BillRow:
            try:
                return payable_by(session, buyer, uid, now)  # type: ignore[no-any-return]
            except Refusal as refusal:
                if refusal.code != "bill.rejected":
                    raise
            return session.scalars(select(BillRow).where(BillRow.uid == uid)).one()

        return payable

    site.wrap(bills, "payable_by", cancelled_too)


@deviant("W2.4", "wallet", "Cancelling one order leaves the other invoices payable")
def cancelling_one_invoice_cancels_all(site: Change) -> None:
    """An invoice that is cancelled takes all other unpaid ones of its buyer with it."""

    def all_of_buyer(reject: Any) -> Any:
        def cancel(self: Bills, merchant: Any, bill_id: str) -> BillRow:
            bill: BillRow = reject(self, merchant, bill_id)
            with self.database.transaction() as session:
                others = select(BillRow).where(
                    BillRow.phone == bill.phone, BillRow.status == BillStatus.WAITING
                )
                for other in session.scalars(others):
                    other.status = BillStatus.REJECTED
            return bill

        return cancel

    site.wrap(Bills, "reject", all_of_buyer)
