"""Books by double entry, for every site that keeps money.

Each movement takes an amount from one account and gives it to another, so none can be made or
lost. A movement carries a key that no second one may have, and is never changed; a trigger
carries it into the balances, which may not fall below zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    event,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column

from ..runtime.database import UtcDateTime
from ..values.money import Money
from ..values.refusal import Refusal

# The one account that may be overdrawn: the source of the simulation's money.
OUTSIDE = "outside"


class AccountMixin:
    """An account in one currency. ``owner`` is ``buyer:7``, ``merchant:steam``…"""

    __tablename__ = "accounts"

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return (
            UniqueConstraint("owner", "currency"),
            UniqueConstraint("id", "currency"),
            CheckConstraint(f"balance >= 0 OR owner = '{OUTSIDE}'", name="never_overdrawn"),
        )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(String(80))
    currency: Mapped[str] = mapped_column(String(3))
    # The account outside owes what all others have: more than 32 bits hold.
    balance: Mapped[int] = mapped_column(BigInteger, default=0)

    @property
    def money(self) -> Money:
        """The balance of the account."""
        return Money(self.balance, self.currency)


class MovementMixin:
    """Money that went from one account to another, once; the currency is that of both."""

    __tablename__ = "movements"

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        return (
            CheckConstraint("amount > 0", name="moves_something"),
            CheckConstraint("payer_id <> payee_id", name="moves_between_two"),
            ForeignKeyConstraint(["payer_id", "currency"], ["accounts.id", "accounts.currency"]),
            ForeignKeyConstraint(["payee_id", "currency"], ["accounts.id", "accounts.currency"]),
        )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(300), unique=True)
    payer_id: Mapped[int]
    payee_id: Mapped[int]
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class Moved:
    """A movement as it is read back: its key, who paid whom (by owner), and how much."""

    key: str
    payer: str
    payee: str
    money: Money

    @property
    def names(self) -> frozenset[str]:
        """The ids in the key: of a payment, a bill, a card… (an id may contain colons)."""
        return frozenset((*self.key.split(":"), self.key.partition(":")[2]))


def by_name(movements: Iterable[Moved]) -> defaultdict[str, list[Moved]]:
    """The movements by what their keys name, oldest first."""
    found: defaultdict[str, list[Moved]] = defaultdict(list)
    for each in movements:
        for name in each.names:
            found[name].append(each)
    return found


AccountT = TypeVar("AccountT", bound=AccountMixin)
MovementT = TypeVar("MovementT", bound=MovementMixin)


class Ledger(Generic[AccountT, MovementT]):
    """The books of one site: its accounts, and movements of money between two of them."""

    def __init__(self, account: type[AccountT], movement: type[MovementT]) -> None:
        self._account = account
        self._movement = movement
        # Built once: every movement of money asks for them.
        mine = select(account).where(account.owner == bindparam("owner"))
        in_currency = account.currency == bindparam("currency")
        self._own_account = mine.where(in_currency).with_for_update()
        self._own_accounts = mine.order_by(account.currency.desc())
        self._of_key = select(movement).where(movement.key == bindparam("key"))

    def account(self, session: Session, owner: str, currency: str) -> AccountT:
        """The owner's account in a currency, locked for this transaction; opened if need be."""
        found = session.scalar(self._own_account, {"owner": owner, "currency": currency})
        if found is None:
            found = self._account()
            found.owner, found.currency, found.balance = owner, currency, 0
            session.add(found)
            session.flush()
        return found

    def balances(self, session: Session, owner: str) -> list[Money]:
        """List the owner's balances, one per currency."""
        accounts = session.scalars(self._own_accounts, {"owner": owner})
        return [account.money for account in accounts]

    def move(
        self, session: Session, key: str, payer: str, payee: str, money: Money, at: datetime
    ) -> MovementT:
        """Take ``money`` from the payer and give it to the payee, once for each ``key``.

        A second call with the key of an earlier movement moves nothing and answers that one.
        Raises Refusal ``movement.conflict`` if that one was another (payer, payee, amount or
        currency), or ``balance.insufficient`` if the payer has too little.
        """
        source = self.account(session, payer, money.currency)
        target = self.account(session, payee, money.currency)
        earlier = session.scalar(self._of_key, {"key": key})
        if earlier is not None:
            known = (earlier.payer_id, earlier.payee_id, earlier.amount)
            if known != (source.id, target.id, money.minor):
                raise Refusal("movement.conflict")
            return earlier
        if payer != OUTSIDE and source.balance < money.minor:
            missing = Money(money.minor - source.balance, money.currency)
            raise Refusal("balance.insufficient", missing=missing)
        movement = self._movement()
        movement.key, movement.at = key, at
        movement.payer_id, movement.payee_id = source.id, target.id
        movement.amount, movement.currency = money.minor, money.currency
        session.add(movement)
        session.flush()
        # The database's trigger has changed both balances.
        session.expire(source)
        session.expire(target)
        return movement

    def movements(self, session: Session) -> list[Moved]:
        """Every movement there ever was, oldest first."""
        owners = {row.id: row.owner for row in session.scalars(select(self._account))}
        rows = session.scalars(select(self._movement).order_by(self._movement.id))
        return [
            Moved(
                row.key, owners[row.payer_id], owners[row.payee_id], Money(row.amount, row.currency)
            )
            for row in rows
        ]

    def discrepancies(self, session: Session) -> list[str]:
        """List the errors in the books, in words; an empty list means that they balance."""
        account, movement = self._account, self._movement
        found = [
            f"all the {currency} together make {total}, not 0"
            for currency, total in session.execute(
                select(account.currency, func.sum(account.balance)).group_by(account.currency)
            )
            if total != 0
        ]
        for each in session.scalars(select(account)):
            moved = self._sum_of(session, movement.payee_id == each.id)
            moved -= self._sum_of(session, movement.payer_id == each.id)
            if moved != each.balance:
                found.append(f"{each.owner} has {each.balance} {each.currency}, moved were {moved}")
        return found

    def _sum_of(self, session: Session, condition: Any) -> int:
        total = select(func.sum(self._movement.amount)).where(condition)
        return int(session.scalar(total) or 0)


def carry_movements(movement: type[Any]) -> None:
    """Add the triggers that carry movements into the balances and keep movements final."""
    for statement in _SQLITE_RULES:
        add_rule(movement, "sqlite", statement)
    for statement in _POSTGRESQL_RULES:
        add_rule(movement, "postgresql", statement)


def add_rule(row: type[Any], dialect: str, statement: str) -> None:
    """Run ``statement`` (a trigger) once the row's table is made in such a database."""
    table: Table = row.__table__
    event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]


_SQLITE_RULES = [
    """CREATE TRIGGER movement_changes_balances AFTER INSERT ON movements BEGIN
    UPDATE accounts SET balance = balance - NEW.amount WHERE id = NEW.payer_id;
    UPDATE accounts SET balance = balance + NEW.amount WHERE id = NEW.payee_id;
    END""",
    *(
        f"""CREATE TRIGGER movement_is_final_{act} BEFORE {act} ON movements BEGIN
        SELECT RAISE(ABORT, 'a movement is final'); END"""
        for act in ("UPDATE", "DELETE")
    ),
]
_POSTGRESQL_RULES = [
    """CREATE OR REPLACE FUNCTION carry_movement() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP <> 'INSERT' THEN RAISE EXCEPTION 'a movement is final'; END IF;
    UPDATE accounts SET balance = balance - NEW.amount WHERE id = NEW.payer_id;
    UPDATE accounts SET balance = balance + NEW.amount WHERE id = NEW.payee_id;
    RETURN NEW; END $$""",
    """CREATE TRIGGER movement_changes_balances BEFORE INSERT OR UPDATE OR DELETE ON movements
    FOR EACH ROW EXECUTE FUNCTION carry_movement()""",
]
