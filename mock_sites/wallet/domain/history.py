"""The history of a wallet: the movements that make its balance, and what each was for.

Each row is a movement of the books, and each movement of the buyer's accounts is a row: the
rows always add up to the balance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BindParameter, Integer, bindparam, or_, select
from sqlalchemy.orm import Session

from ...shared.runtime.database import Database
from ...shared.values.money import Money
from ..store import AccountRow, BuyerRow, MovementRow, PaymentRow, PaymentStatus
from .buyers import FUNDING, owner_of
from .given_back import GivenBack, given_back
from .refunds import bill_of_refund

# Built once: the home page asks for them.
ACCOUNTS = select(AccountRow.id).where(AccountRow.owner == bindparam("owner"))
_OURS: BindParameter[list[int]] = bindparam("accounts", expanding=True)
MOVEMENTS = (
    select(MovementRow)
    .where(or_(MovementRow.payer_id.in_(_OURS), MovementRow.payee_id.in_(_OURS)))
    .order_by(MovementRow.id.desc())
)
NEWEST_MOVEMENTS = MOVEMENTS.limit(bindparam("most", type_=Integer()))
PAYMENTS = select(PaymentRow).where(
    or_(
        PaymentRow.movement_id.in_(bindparam("movements", expanding=True)),
        PaymentRow.bill_uid.in_(bindparam("bills", expanding=True))
        & (PaymentRow.status == PaymentStatus.PAID),
    )
)


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
            accounts = set(session.scalars(ACCOUNTS, {"owner": owner_of(buyer.id)}))
            wanted = MOVEMENTS if limit is None else NEWEST_MOVEMENTS
            of_buyer = {"accounts": list(accounts)} | ({} if limit is None else {"most": limit})
            movements = session.scalars(wanted, of_buyer).all()
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
    bills = [uid for each in movements if (uid := bill_of_refund(each.key))]
    of_movements = {"movements": [each.id for each in movements], "bills": bills}
    found = session.scalars(PAYMENTS, of_movements).all()
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
