"""Daily statements of merchants: what came, what went back, and the balances around it.

A statement is read from the books alone. Its opening balance is what moved before the day, its
closing balance is counted back from the account's balance: the two meet only if every movement
of the day is a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ...shared.values.money import Money
from ...shared.values.refusal import Refusal
from ..store import AccountRow, BillRow, MerchantRow, MovementRow
from .refunds import bill_of_refund, id_of_refund

BILL = "bill:"
# No merchant has a day before, and Python's calendar ends not long after.
FIRST_YEAR, LAST_YEAR = 1970, 9998


class LineKind(StrEnum):
    """The kind of a line. OTHER is a movement that is for no bill."""

    PAYMENT = "payment"
    REFUND = "refund"
    OTHER = "other"


@dataclass(frozen=True)
class Line:
    """One movement of the merchant's account; ``money`` is negative if it left it."""

    kind: LineKind
    at: datetime
    money: Money
    bill_id: str = ""
    refund_id: str = ""


@dataclass(frozen=True)
class CurrencyStatement:
    """The day of one account: balances and movements, all in its currency."""

    opening: Money
    lines: tuple[Line, ...]
    closing: Money

    @property
    def currency(self) -> str:
        """The account's currency."""
        return self.opening.currency

    def total(self, kind: LineKind) -> Money:
        """The sum of the lines of one kind; of refunds it is negative, or nothing."""
        return Money(sum(e.money.minor for e in self.lines if e.kind == kind), self.currency)

    @property
    def difference(self) -> Money:
        """What the lines do not explain of the closing balance: 0 if the statement reconciles."""
        moved = sum(each.money.minor for each in self.lines)
        return Money(self.closing.minor - self.opening.minor - moved, self.currency)


@dataclass(frozen=True)
class Statement:
    """A merchant's day in its own time zone; ``final`` once the day is over."""

    site_id: str
    name: str
    day: date
    zone: ZoneInfo
    final: bool
    currencies: tuple[CurrencyStatement, ...]


class Statements:
    """The statements of all merchants, each by the days of its own time zone."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    def today(self, merchant: MerchantRow) -> date:
        """Return the day that it is in the merchant's zone."""
        return self.clock.now().astimezone(merchant.zone).date()

    def of(self, merchant: MerchantRow, day: date) -> Statement:
        """The merchant's statement of a day, a part for each currency that it has an account in.

        Raises Refusal ``day.future`` for a day that has not begun, ``day.wrong`` for one that
        no merchant has.
        """
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Refusal("day.wrong", "day")
        begin, end = (_midnight(each, merchant.zone) for each in (day, day + timedelta(days=1)))
        owner = f"merchant:{merchant.site_id}"
        accounts = select(AccountRow).where(AccountRow.owner == owner)
        with self.database.reading() as session:
            now = self.clock.now()
            if begin > now:
                raise Refusal("day.future", "day")
            found = session.scalars(accounts.order_by(AccountRow.currency)).all()
            parts = tuple(_part(session, each, begin, end) for each in found)
        return Statement(merchant.site_id, merchant.name, day, merchant.zone, end <= now, parts)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def parse_day(text: str) -> date:
    """The day in ``2026-11-27``. Raises Refusal ``day.wrong`` for any other text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refusal("day.wrong", "day") from None
    if day.isoformat() != text:
        raise Refusal("day.wrong", "day")
    return day


def _part(
    session: Session, account: AccountRow, begin: datetime, end: datetime
) -> CurrencyStatement:
    currency = account.currency
    opening = _moved(session, account, MovementRow.at < begin)
    closing = account.balance - _moved(session, account, MovementRow.at >= end)
    of_day = select(MovementRow).where(
        _touches(account), MovementRow.at >= begin, MovementRow.at < end
    )
    rows = session.scalars(of_day.order_by(MovementRow.at, MovementRow.id)).all()
    bill_ids = _bill_ids(session, [uid for row in rows if (uid := _bill_of(row))])
    lines = tuple(_line(account, row, bill_ids) for row in rows)
    return CurrencyStatement(Money(opening, currency), lines, Money(closing, currency))


def _touches(account: AccountRow) -> ColumnElement[bool]:
    return or_(MovementRow.payer_id == account.id, MovementRow.payee_id == account.id)


def _moved(session: Session, account: AccountRow, when: ColumnElement[bool]) -> int:
    came = case((MovementRow.payee_id == account.id, MovementRow.amount), else_=-MovementRow.amount)
    return int(session.scalar(select(func.sum(came)).where(_touches(account), when)) or 0)


def _bill_of(row: MovementRow) -> str | None:
    return row.key.removeprefix(BILL) if row.key.startswith(BILL) else bill_of_refund(row.key)


def _bill_ids(session: Session, uids: list[str]) -> dict[str, str]:
    found = select(BillRow.uid, BillRow.bill_id).where(BillRow.uid.in_(uids))
    return {row.uid: row.bill_id for row in session.execute(found)}


def _line(account: AccountRow, row: MovementRow, bill_ids: dict[str, str]) -> Line:
    leaves = row.payer_id == account.id
    money = Money(-row.amount if leaves else row.amount, row.currency)
    uid, refund_id = _bill_of(row), id_of_refund(row.key)
    if uid is None:
        return Line(LineKind.OTHER, row.at, money)
    kind = LineKind.PAYMENT if refund_id is None else LineKind.REFUND
    return Line(kind, row.at, money, bill_ids.get(uid, ""), refund_id or "")
