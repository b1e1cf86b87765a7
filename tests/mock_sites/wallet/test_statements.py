"""A merchant's daily statement adds up to the books, to the minor unit, day by day."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from hypothesis.strategies import DataObject

from mock_sites.shared.accounts.ledger import OUTSIDE
from mock_sites.shared.runtime.database import Database
from mock_sites.shared.runtime.keys import MerchantKeys
from mock_sites.shared.values.money import Money
from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet.domain import ledger
from mock_sites.wallet.domain.merchants import merchant_row
from mock_sites.wallet.domain.statements import LineKind, Statement, Statements, parse_day
from mock_sites.wallet.statement_files import (
    COLUMNS,
    GUARDED,
    guarded,
    statement_csv,
    statement_facts,
)
from mock_sites.wallet.store import Base, BillRow, BillStatus
from tests.support.standing_clock import StandingClock

SHOP = "merchant:shop"
# One has a day of 23 hours and one of 25, and one is far ahead of UTC.
ZONES = ("Europe/Moscow", "Europe/Berlin", "Pacific/Auckland", "UTC")
FIRST_DAY = date(2026, 3, 27)
DAYS = 5
NO_TIME = timedelta()
WHOLE = timedelta(days=DAYS)
# Paid in, or given back: minor units, currency, and when since the first day began.
MOVEMENTS = st.lists(
    st.tuples(
        st.booleans(),
        st.integers(1, 10**9),
        st.sampled_from(("RUB", "KWD", "JPY")),
        st.timedeltas(NO_TIME, WHOLE - timedelta(microseconds=1)),
    ),
    max_size=25,
)


class Books:
    """Books with one merchant, and its statements."""

    def __init__(self, folder: Path, zone: str = "Europe/Moscow") -> None:
        self.zone = ZoneInfo(zone)
        keys = MerchantKeys(site_id="shop", name="Shop", time_zone=zone)
        self.merchant = merchant_row(keys)
        self.clock = StandingClock()
        self.database = Database(f"sqlite:///{folder / 'wallet'}.sqlite3", Base)
        self.statements = Statements(self.database, self.clock)
        self.count = 0
        with self.database.transaction() as session:
            session.merge(self.merchant)

    def pay(self, money: Money, at: datetime, bill_id: str = "") -> str:
        """A bill that is paid at a moment; its uid."""
        self.count += 1
        uid = f"uid-{self.count}"
        with self.database.transaction() as session:
            session.add(_paid_bill(uid, bill_id or f"bill-{self.count}", money, at))
            ledger.move(session, f"bill:{uid}", OUTSIDE, SHOP, money, at)
        return uid

    def refund(self, uid: str, refund_id: str, money: Money, at: datetime) -> bool:
        """Whether the merchant had the money to give back."""
        key = f"refund:{uid}:{refund_id}"
        try:
            with self.database.transaction() as session:
                ledger.move(session, key, SHOP, OUTSIDE, money, at)
        except Refusal:
            return False
        return True

    def of(self, day: date) -> Statement:
        """The statement of a day."""
        return self.statements.of(self.merchant, day)


def _paid_bill(uid: str, bill_id: str, money: Money, at: datetime) -> BillRow:
    return BillRow(
        uid=uid,
        site_id="shop",
        bill_id=bill_id,
        amount=money.minor,
        currency=money.currency,
        customer={},
        custom_fields={},
        status=BillStatus.PAID,
        changed_at=at,
        created_at=at,
        expires_at=at,
    )


def move_all(books: Books, movements: list[tuple[bool, int, str, timedelta]]) -> dict[str, int]:
    """What the merchant has in the end, by currency."""
    begin = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=books.zone)
    held: dict[str, int] = {}
    for number, (comes, minor, currency, since) in enumerate(movements):
        at, money = begin.astimezone(UTC) + since, Money(minor, currency)
        if comes:
            books.pay(money, at)
        elif not books.refund("uid-1", str(number), money, at):
            continue
        held[currency] = held.get(currency, 0) + (minor if comes else -minor)
    return held


@settings(max_examples=60, deadline=None)
@given(movements=MOVEMENTS, zone=st.sampled_from(ZONES))
def test_lines_make_the_closing_balance_and_days_add_up(
    movements: list[tuple[bool, int, str, timedelta]], zone: str
) -> None:
    with TemporaryDirectory() as folder:
        books = Books(Path(folder), zone)
        held = move_all(books, movements)
        books.clock.advance(timedelta(days=365))
        days = [books.of(FIRST_DAY + timedelta(days=each)) for each in range(DAYS + 2)]
        books.database.close()

    closing: dict[str, int] = {}
    for day in days:
        for part in day.currencies:
            assert part.opening.minor == closing.get(part.currency, 0)
            moved = sum(line.money.minor for line in part.lines)
            assert part.opening.minor + moved == part.closing.minor
            assert part.difference.minor == 0
            assert {line.money.currency for line in part.lines} <= {part.currency}
            closing[part.currency] = part.closing.minor
    assert {name: minor for name, minor in closing.items() if minor} == {
        name: minor for name, minor in held.items() if minor
    }


@settings(max_examples=60, deadline=None)
@given(movements=MOVEMENTS, data=st.data())
def test_the_files_say_the_same_and_add_up(
    movements: list[tuple[bool, int, str, timedelta]], data: DataObject
) -> None:
    with TemporaryDirectory() as folder:
        books = Books(Path(folder))
        move_all(books, movements)
        books.clock.advance(timedelta(days=365))
        statement = books.of(FIRST_DAY + timedelta(days=data.draw(st.integers(0, DAYS))))
        books.database.close()

    rows = list(csv.DictReader(io.StringIO(statement_csv(statement), newline="")))
    facts = statement_facts(statement)
    for part in facts["currencies"]:
        own = [row for row in rows if row["currency"] == part["currency"]]
        minors = [int(row["amount_minor"]) for row in own]
        assert own[0]["record"] == "opening"
        assert own[-1]["record"] == "closing"
        assert sum(minors[:-1]) == minors[-1] == part["closing"]["minor"]
        assert [row["amount"] for row in own[1:-1]] == [e["amount"]["value"] for e in part["lines"]]
        totals = part["payments"]["minor"] + part["refunds"]["minor"] + part["other"]["minor"]
        assert part["opening"]["minor"] + totals == part["closing"]["minor"]


@pytest.fixture
def books(tmp_path: Path) -> Any:
    books = Books(tmp_path)
    books.clock.advance(timedelta(days=365))
    yield books
    books.database.close()


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [(1, "RUB", "0.01"), (1_234_567, "KWD", "1234.567"), (500, "JPY", "500"), (1, "KWD", "0.001")],
)
def test_an_amount_has_the_decimals_of_its_currency(
    books: Books, minor: int, currency: str, written: str
) -> None:
    uid = books.pay(Money(minor, currency), datetime(2026, 3, 27, 12, tzinfo=UTC))
    books.refund(uid, "r", Money(minor, currency), datetime(2026, 3, 27, 13, tzinfo=UTC))

    rows = list(csv.reader(io.StringIO(statement_csv(books.of(FIRST_DAY)))))

    assert tuple(rows[0]) == COLUMNS
    kinds_and_amounts = [(row[0], row[-2], row[-1]) for row in rows[1:]]
    assert kinds_and_amounts[1:3] == [
        ("payment", written, str(minor)),
        ("refund", f"-{written}", str(-minor)),
    ]


def test_the_day_is_the_merchants_own(books: Books) -> None:
    """Moscow is three hours ahead of UTC."""
    books.pay(Money(1, "RUB"), datetime(2026, 3, 27, 20, 59, 59, 999_999, tzinfo=UTC))
    books.pay(Money(2, "RUB"), datetime(2026, 3, 27, 21, 0, tzinfo=UTC))

    [first], [second] = (
        [part.lines for part in books.of(day).currencies]
        for day in (FIRST_DAY, FIRST_DAY + timedelta(days=1))
    )

    assert [line.money.minor for line in first] == [1]
    assert [line.money.minor for line in second] == [2]
    assert statement_facts(books.of(FIRST_DAY))["time_zone"] == "Europe/Moscow"


def test_what_is_for_no_bill_is_a_line_too(books: Books) -> None:
    with books.database.transaction() as session:
        at = datetime(2026, 3, 27, 12, tzinfo=UTC)
        ledger.move(session, "correction:1", OUTSIDE, SHOP, Money(7, "RUB"), at)

    [part] = books.of(FIRST_DAY).currencies

    assert part.total(LineKind.OTHER) == Money(7, "RUB") == part.closing
    assert part.difference.minor == 0


@pytest.mark.parametrize("begin", GUARDED)
def test_no_cell_begins_a_formula(books: Books, begin: str) -> None:
    bill_id = f"{begin}HYPERLINK(1)"
    books.pay(Money(1, "RUB"), datetime(2026, 3, 27, 12, tzinfo=UTC), bill_id)

    rows = list(csv.DictReader(io.StringIO(statement_csv(books.of(FIRST_DAY)), newline="")))

    assert rows[1]["bill_id"] == f"'{bill_id}"
    assert statement_facts(books.of(FIRST_DAY))["currencies"][0]["lines"][0]["bill_id"] == bill_id


@given(st.text())
def test_the_guard_can_be_taken_off(text: str) -> None:
    shown = guarded(text)
    assert shown.removeprefix("'") == text
    assert not shown.startswith(tuple(each for each in GUARDED if each != "'"))


@pytest.mark.parametrize(
    "text", ["", "today", "2026-02-30", "20261127", "2026-W48-5", "0001-01-01"]
)
def test_what_is_no_day_is_refused(books: Books, text: str) -> None:
    with pytest.raises(Refusal, match=r"day\.wrong"):
        books.of(parse_day(text))
