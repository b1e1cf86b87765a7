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
from ..store import Account, Buyer, Movement, Payment
from .buyers import FUNDING, owner_of
from .given_back import GivenBack, given_back
from .refunds import bill_of_refund


class Kind(StrEnum):
    """Why money came or went."""

    PAYMENT = "PAYMENT"
    REFUND = "REFUND"
    TOP_UP = "TOP_UP"


@dataclass(frozen=True)
class Entry:
    """One movement. ``money`` is negative where it left the wallet.

    ``payment`` is what was paid, or what was given back of; None for a top-up.
    """

    kind: Kind
    at: datetime
    money: Money
    payment: Payment | None


class History:
    """The history of each buyer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, buyer: Buyer, limit: int | None = None) -> list[Entry]:
        """The buyer's entries, newest first."""
        with self._database.reading() as session:
            own = select(Account.id).where(Account.owner == owner_of(buyer.id))
            accounts = set(session.scalars(own))
            ours = or_(Movement.payer_id.in_(accounts), Movement.payee_id.in_(accounts))
            rows = select(Movement).where(ours).order_by(Movement.id.desc()).limit(limit)
            movements = session.scalars(rows).all()
            payments = _payments(session, movements)
        return [_entry(each, accounts, payments) for each in movements]

    def given_back(self, payment: Payment) -> GivenBack:
        """What was given back of a payment; nothing ever is of one that was for no bill."""
        if payment.bill_uid is None:
            return GivenBack(payment.money)
        with self._database.reading() as session:
            return given_back(session, [(payment.bill_uid, payment.money)])[payment.bill_uid]


def _payments(session: Session, movements: Sequence[Movement]) -> dict[int | str | None, Payment]:
    """The payments that the movements are about, by movement and by bill."""
    made = Payment.movement_id.in_([each.id for each in movements])
    bills = [uid for each in movements if (uid := bill_of_refund(each.key))]
    given = Payment.bill_uid.in_(bills) & (Payment.status == "PAID")
    found = session.scalars(select(Payment).where(made | given)).all()
    by_movement: dict[int | str | None, Payment] = {each.movement_id: each for each in found}
    return by_movement | {each.bill_uid: each for each in found if each.bill_uid}


def _entry(
    movement: Movement, accounts: set[int], payments: dict[int | str | None, Payment]
) -> Entry:
    leaves = movement.payer_id in accounts
    money = Money(-movement.amount if leaves else movement.amount, movement.currency)
    if movement.key.startswith(FUNDING):
        return Entry(Kind.TOP_UP, movement.at, money, None)
    bill_uid = bill_of_refund(movement.key)
    if bill_uid is not None:
        return Entry(Kind.REFUND, movement.at, money, payments.get(bill_uid))
    return Entry(Kind.PAYMENT, movement.at, money, payments.get(movement.id))
