"""The records of bills, payments and refunds, computed from the movements of money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...shared.accounts.ledger import OUTSIDE, Moved, by_name
from ...shared.values.money import Money
from ..notification_store import NotificationRow
from ..store import AccountRow, BillRow, PaymentRow, PaymentStatus, RefundRow
from . import ledger
from .buyers import owner_of


@dataclass(frozen=True)
class BillRecord:
    """A bill, and the money that moved for it: how often it was paid, and how much each way."""

    bill: BillRow
    times_paid: int
    paid: Money
    refunded: Money


class Records:
    """The books of one moment, and the rows that they have to agree with."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._payments = list(session.scalars(select(PaymentRow)))
        self._movements = ledger.movements(session)
        self._moved = by_name(self._movements)

    def bills(self, bill_id: str | None = None) -> list[BillRecord]:
        """Every bill, or those of that id, oldest first."""
        wanted = select(BillRow).order_by(BillRow.created_at, BillRow.uid)
        if bill_id is not None:
            wanted = wanted.where(BillRow.bill_id == bill_id)
        payments = defaultdict(list)
        for payment in self._payments:
            payments[payment.bill_uid].append(payment.uid)
        bills = self._session.scalars(wanted)
        return [self._record(bill, payments[bill.uid]) for bill in bills]

    def discrepancies(self) -> list[str]:
        """List where movements and rows disagree, in words; an empty list means that they agree."""
        return [
            *ledger.discrepancies(self._session),
            *self._wrong_payments(),
            *self._wrong_refunds(),
            *self._strays(),
            *self._wrong_histories(),
        ]

    def pending(self) -> list[str]:
        """List what is pending, in words."""
        waiting = (
            select(func.count())
            .select_from(NotificationRow)
            .where(NotificationRow.due_at.is_not(None))
        )
        notifications = self._session.scalar(waiting) or 0
        return [f"{notifications} notifications are not acknowledged"] if notifications else []

    def _record(self, bill: BillRow, payments: Sequence[str]) -> BillRecord:
        merchant = f"merchant:{bill.site_id}"
        moved = {each.key: each for uid in (bill.uid, *payments) for each in self._moved[uid]}
        paid = [each.money.minor for each in moved.values() if each.payee == merchant]
        back = [each.money.minor for each in moved.values() if each.payer == merchant]
        return BillRecord(
            bill, len(paid), Money(sum(paid), bill.currency), Money(sum(back), bill.currency)
        )

    def _wrong_payments(self) -> Iterator[str]:
        for payment in self._payments:
            named = [*self._moved[payment.uid]]
            if payment.status == PaymentStatus.PAID and payment.bill_uid:
                named += [each for each in self._moved[payment.bill_uid] if _is_paid_by(each)]
            expected = _expected(payment) if payment.status == PaymentStatus.PAID else []
            if [(each.payer, each.payee, each.money) for each in named] != expected:
                yield f"payment {payment.uid} is {payment.status}, and {_told(named)}"

    def _refunds(self) -> list[tuple[RefundRow, BillRow, str]]:
        paid = (PaymentRow.bill_uid == RefundRow.bill_uid) & (
            PaymentRow.status == PaymentStatus.PAID
        )
        rows = select(RefundRow, BillRow, PaymentRow.buyer_id).select_from(RefundRow)
        rows = rows.join(BillRow, BillRow.uid == RefundRow.bill_uid).join(PaymentRow, paid)
        found = self._session.execute(rows)
        return [(refund, bill, owner_of(buyer_id)) for refund, bill, buyer_id in found]

    def _wrong_refunds(self) -> Iterator[str]:
        given: dict[str, int] = defaultdict(int)
        for refund, bill, payer in self._refunds():
            given[bill.uid] += refund.amount
            key = f"refund:{bill.uid}:{refund.refund_id}"
            named = [each for each in self._moved[bill.uid] if each.key == key]
            money = Money(refund.amount, bill.currency)
            expected = [(f"merchant:{bill.site_id}", payer, money)]
            if [(each.payer, each.payee, each.money) for each in named] != expected:
                yield f"refund {refund.refund_id} of bill {bill.bill_id}, and {_told(named)}"
            if given[bill.uid] > bill.amount:
                yield f"more was given back of bill {bill.bill_id} than was paid"

    def _strays(self) -> Iterator[str]:
        known = {each.uid for each in self._payments} | {each.bill_uid for each in self._payments}
        for each in self._movements:
            if each.payer != OUTSIDE and not known & each.names:
                yield f"movement {each.key} is of no payment"

    def _wrong_histories(self) -> Iterator[str]:
        """Each buyer's history, as the rows tell it, has to make the balance."""
        history: dict[tuple[str, str], int] = defaultdict(int)
        for each in self._movements:
            if each.payer == OUTSIDE:
                history[each.payee, each.money.currency] += each.money.minor
        for payment in self._payments:
            if payment.status == PaymentStatus.PAID:
                history[owner_of(payment.buyer_id), payment.currency] -= payment.amount
        for refund, bill, payer in self._refunds():
            history[payer, bill.currency] += refund.amount
        for account in self._session.scalars(
            select(AccountRow).where(AccountRow.owner.like("buyer:%"))
        ):
            told = history[account.owner, account.currency]
            if told != account.balance:
                yield f"{account.owner} has {account.money}, and the history makes {told}"


def _is_paid_by(moved: Moved) -> bool:
    return moved.payee.startswith("merchant:")


def _expected(payment: PaymentRow) -> list[tuple[str, str, Money]]:
    return [(owner_of(payment.buyer_id), payment.payee, payment.money)]


def _told(moved: Sequence[Moved]) -> str:
    told = ", ".join(f"{each.money} from {each.payer} to {each.payee}" for each in moved)
    return f"moved were {told}" if told else "nothing was moved"
