"""Refunds: money of a paid bill that the merchant gives back, in part or whole."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ...shared.values.money import Money
from ...shared.values.refusal import NotFound, Refusal
from ..store import (
    BillRow,
    BillStatus,
    MerchantRow,
    PaymentRow,
    PaymentStatus,
    RefundRow,
    RefundStatus,
)
from . import ledger
from .bills import own_bill
from .buyers import owner_of

# How the keys of the movements of refunds begin; the uid of the bill follows.
REFUND = "refund:"


class Refunds:
    """All merchants' refunds."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    def give(
        self, merchant: MerchantRow, bill_id: str, refund_id: str, money: Money
    ) -> tuple[BillRow, RefundRow]:
        """Give ``money`` back to the payer; the same request again returns the same refund.

        Raises NotFound for an unknown bill, Refusal ``refund.too-large`` if less than that
        is left of the bill, or ``refund.conflict`` for another amount under a used id.
        """
        now = self.clock.now()
        with self.database.transaction() as session:
            bill = own_bill(session, merchant, bill_id, now)
            earlier = _find(session, bill, refund_id)
            if earlier is not None:
                if earlier.amount != money.minor or bill.currency != money.currency:
                    raise Refusal("refund.conflict")
                return bill, earlier
            left = money_left(session, bill)
            if money.currency != bill.currency or money > left:
                raise Refusal("refund.too-large")
            refund = RefundRow(
                bill_uid=bill.uid,
                refund_id=refund_id,
                amount=money.minor,
                status=RefundStatus.FULL if money == left else RefundStatus.PARTIAL,
                at=now,
            )
            session.add(refund)
            payer, key = owner_of(payer_of(session, bill)), f"{REFUND}{bill.uid}:{refund_id}"
            ledger.move(session, key, f"merchant:{bill.site_id}", payer, money, now)
        return bill, refund

    def read(
        self, merchant: MerchantRow, bill_id: str, refund_id: str
    ) -> tuple[BillRow, RefundRow]:
        """A refund of the merchant's. Raises NotFound."""
        with self.database.transaction() as session:
            bill = own_bill(session, merchant, bill_id, self.clock.now())
            refund = _find(session, bill, refund_id)
        if refund is None:
            raise NotFound(refund_id)
        return bill, refund

    def all_of(self, merchant: MerchantRow, bill_id: str) -> tuple[BillRow, list[RefundRow]]:
        """The refunds of a merchant's bill, oldest first. Raises NotFound for an unknown bill."""
        with self.database.transaction() as session:
            bill = own_bill(session, merchant, bill_id, self.clock.now())
            rows = select(RefundRow).where(RefundRow.bill_uid == bill.uid).order_by(RefundRow.id)
            return bill, list(session.scalars(rows))


def bill_of_refund(key: str) -> str | None:
    """The uid of the bill whose refund made the movement of that key; None for any other."""
    return key.removeprefix(REFUND).partition(":")[0] if key.startswith(REFUND) else None


def id_of_refund(key: str) -> str | None:
    """The merchant's id of the refund that made the movement of that key; None for any other."""
    return key.removeprefix(REFUND).partition(":")[2] if key.startswith(REFUND) else None


def money_left(session: Session, bill: BillRow) -> Money:
    """Return how much of the bill is paid and not refunded yet."""
    paid = bill.amount if bill.status == BillStatus.PAID else 0
    given = select(func.sum(RefundRow.amount)).where(RefundRow.bill_uid == bill.uid)
    return Money(paid - int(session.scalar(given) or 0), bill.currency)


def payer_of(session: Session, bill: BillRow) -> int:
    """Return the id of the buyer who has paid the bill."""
    paid = (PaymentRow.bill_uid == bill.uid) & (PaymentRow.status == PaymentStatus.PAID)
    return session.scalars(select(PaymentRow.buyer_id).where(paid)).one()


def _find(session: Session, bill: BillRow, refund_id: str) -> RefundRow | None:
    own = (RefundRow.bill_uid == bill.uid) & (RefundRow.refund_id == refund_id)
    return session.scalar(select(RefundRow).where(own))
