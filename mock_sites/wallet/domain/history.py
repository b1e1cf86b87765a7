"""The history of a wallet: the movements that make its balance, and what each was for.

Each row is a movement of the books, and each movement of the buyer's accounts is a row: the
rows always add up to the balance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...shared.runtime.database import Database
from ...shared.values.money import Money
from ..store import AccountRow, BuyerRow, MovementRow, PaymentRow, PaymentStatus
from .buyers import FUNDING, owner_of
from .given_back import GivenBack, given_back
from .refunds import bill_of_refund


class EntryKind(StrEnum):
    """The kind of an entry."""

    PAYMENT = "PAYMENT"
    REFUND = "REFUND"
    TOP_UP = "TOP_UP"


@dataclass(frozen=True)
class Entry:
    """One movement. ``money`` is negative if it left the wallet.

    ``payment`` is what was paid, or what was given back of; None for a top-up.
    """

    kind: EntryKind
    at: datetime
    money: Money
    payment: PaymentRow | None


class History:
    """The history of each buyer."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def of(self, buyer: BuyerRow, limit: int | None = None) -> list[Entry]:
        """The buyer's entries, newest first."""
        with self.database.reading() as session:
            own = select(AccountRow.id).where(AccountRow.owner == owner_of(buyer.id))
            accounts = set(session.scalars(own))
            ours = or_(MovementRow.payer_id.in_(accounts), MovementRow.payee_id.in_(accounts))
            rows = select(MovementRow).where(ours).order_by(MovementRow.id.desc()).limit(limit)
            movements = session.scalars(rows).all()
            payments = _payments(session, movements)
        return [_entry(each, accounts, payments) for each in movements]

    def given_back(self, payment: PaymentRow) -> GivenBack:
        """Return the refunds of a payment; one that is for no bill never has any."""
        if payment.bill_uid is None:
            return GivenBack(payment.money)
        with self.database.reading() as session:
            return given_back(session, [(payment.bill_uid, payment.money)])[payment.bill_uid]


def _payments(
    session: Session, movements: Sequence[MovementRow]
) -> dict[int | str | None, PaymentRow]:
    """The payments that the movements are about, by movement and by bill."""
    made = PaymentRow.movement_id.in_([each.id for each in movements])
    bills = [uid for each in movements if (uid := bill_of_refund(each.key))]
    given = PaymentRow.bill_uid.in_(bills) & (PaymentRow.status == PaymentStatus.PAID)
    found = session.scalars(select(PaymentRow).where(made | given)).all()
    by_movement: dict[int | str | None, PaymentRow] = {each.movement_id: each for each in found}
    return by_movement | {each.bill_uid: each for each in found if each.bill_uid}


def _entry(
    movement: MovementRow, accounts: set[int], payments: dict[int | str | None, PaymentRow]
) -> Entry:
    leaves = movement.payer_id in accounts
    money = Money(-movement.amount if leaves else movement.amount, movement.currency)
    if movement.key.startswith(FUNDING):
        return Entry(EntryKind.TOP_UP, movement.at, money, None)
    bill_uid = bill_of_refund(movement.key)
    if bill_uid is not None:
        return Entry(EntryKind.REFUND, movement.at, money, payments.get(bill_uid))
    return Entry(EntryKind.PAYMENT, movement.at, money, payments.get(movement.id))
