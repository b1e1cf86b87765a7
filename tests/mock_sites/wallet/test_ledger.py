"""The wallet's books: what the database itself does not let happen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mock_sites.shared.accounts.ledger import OUTSIDE
from mock_sites.shared.runtime.database import Database
from mock_sites.shared.values.money import Money
from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet.domain import ledger
from mock_sites.wallet.store import AccountRow, Base

NOW = datetime(2026, 11, 21, tzinfo=UTC)
TEN = Money(1_000, "RUB")


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'books.sqlite3'}", Base)
    with database.transaction() as session:
        ledger.move(session, "funds", OUTSIDE, "anna", TEN, NOW)
        ledger.account(session, "boris", "RUB")
        ledger.account(session, "boris", "KZT")
    yield database
    database.close()


def balance(session: Session, owner: str) -> int:
    return ledger.account(session, owner, "RUB").balance


def test_a_movement_takes_from_one_what_it_gives_to_the_other(books: Database) -> None:
    with books.transaction() as session:
        ledger.move(session, "gift", "anna", "boris", Money(300, "RUB"), NOW)
    with books.transaction() as session:
        assert (balance(session, "anna"), balance(session, "boris")) == (700, 300)
        assert ledger.discrepancies(session) == []


def test_a_second_movement_of_the_same_key_moves_nothing(books: Database) -> None:
    with books.transaction() as session:
        first = ledger.move(session, "gift", "anna", "boris", Money(300, "RUB"), NOW)
    with books.transaction() as session:
        again = ledger.move(session, "gift", "anna", "boris", Money(300, "RUB"), NOW)
        assert again.id == first.id
        assert balance(session, "boris") == 300


@pytest.mark.parametrize(
    ("payer", "payee", "money"),
    [
        pytest.param("carol", "boris", Money(300, "RUB"), id="payer"),
        pytest.param("anna", "carol", Money(300, "RUB"), id="payee"),
        pytest.param("anna", "boris", Money(301, "RUB"), id="amount"),
        pytest.param("anna", "boris", Money(300, "KZT"), id="currency"),
    ],
)
def test_another_movement_under_a_used_key_is_a_conflict(
    books: Database, payer: str, payee: str, money: Money
) -> None:
    with books.transaction() as session:
        ledger.move(session, "gift", "anna", "boris", Money(300, "RUB"), NOW)
    with pytest.raises(Refusal, match=r"movement\.conflict"), books.transaction() as session:
        ledger.move(session, "gift", payer, payee, money, NOW)
    with books.transaction() as session:
        assert (balance(session, "anna"), balance(session, "boris")) == (700, 300)


def test_who_has_too_little_is_told_how_much_is_missing(books: Database) -> None:
    with books.transaction() as session, pytest.raises(Refusal) as refused:
        ledger.move(session, "gift", "anna", "boris", Money(1_001, "RUB"), NOW)
    assert refused.value.code == "balance.insufficient"
    assert refused.value.facts == {"missing": Money(1, "RUB")}


def test_everything_that_somebody_has_can_be_moved(books: Database) -> None:
    with books.transaction() as session:
        movement = ledger.move(session, "gift", "anna", "boris", TEN, NOW)
        assert (movement.key, movement.at) == ("gift", NOW)
        assert (balance(session, "anna"), balance(session, "boris")) == (0, 1_000)


def test_what_somebody_has_is_told_currency_by_currency(books: Database) -> None:
    with books.transaction() as session:
        assert ledger.balances(session, "boris") == [Money(0, "RUB"), Money(0, "KZT")]
        assert ledger.balances(session, "nobody") == []


def test_money_that_nobody_moved_is_told_in_words(books: Database) -> None:
    with books.transaction() as session:
        session.execute(text("UPDATE accounts SET balance = balance + 5 WHERE owner = 'anna'"))
        session.execute(text("UPDATE accounts SET balance = 7 WHERE currency = 'KZT'"))
    with books.transaction() as session:
        assert set(ledger.discrepancies(session)) == {
            "all the RUB together make 5, not 0",
            "anna has 1005 RUB, moved were 1000",
            "all the KZT together make 7, not 0",
            "boris has 7 KZT, moved were 0",
        }


INSERT = (
    "INSERT INTO movements (key, payer_id, payee_id, amount, currency, at)"
    " VALUES ('raw', {payer}, {payee}, {amount}, '{currency}', '2026-11-21')"
)


@pytest.mark.parametrize(
    ("payer", "payee", "amount", "currency"),
    [
        pytest.param("anna", "boris", 1_001, "RUB", id="more than there is"),
        pytest.param("anna", "boris", 0, "RUB", id="nothing"),
        pytest.param("anna", "boris", -5, "RUB", id="less than nothing"),
        pytest.param("anna", "anna", 5, "RUB", id="to oneself"),
        pytest.param("anna", "boris", 5, "KZT", id="in a currency that the account is not in"),
    ],
)
def test_the_database_itself_refuses(
    books: Database, payer: str, payee: str, amount: int, currency: str
) -> None:
    with books.transaction() as session:
        ids = {owner: ledger.account(session, owner, "RUB").id for owner in ("anna", "boris")}
    statement = INSERT.format(payer=ids[payer], payee=ids[payee], amount=amount, currency=currency)
    with pytest.raises(IntegrityError), books.transaction() as session:
        session.execute(text(statement))
    with books.transaction() as session:
        assert balance(session, "anna") == 1_000


@pytest.mark.parametrize("change", ["UPDATE movements SET amount = 1", "DELETE FROM movements"])
def test_a_movement_can_never_be_changed(books: Database, change: str) -> None:
    with pytest.raises(IntegrityError, match="a movement is final"), books.transaction() as session:
        session.execute(text(change))


def test_a_key_stands_in_the_books_once(books: Database) -> None:
    with books.transaction() as session:
        anna, boris = (ledger.account(session, owner, "RUB").id for owner in ("anna", "boris"))
    twice = INSERT.format(payer=anna, payee=boris, amount=1, currency="RUB")
    with books.transaction() as session:
        session.execute(text(twice))
    with pytest.raises(IntegrityError), books.transaction() as session:
        session.execute(text(twice))


def test_money_made_behind_the_books_is_noticed(books: Database) -> None:
    with books.transaction() as session:
        session.get_one(AccountRow, ledger.account(session, "anna", "RUB").id).balance += 1
    with books.transaction() as session:
        found = ledger.discrepancies(session)
    assert any("not 0" in line for line in found)
    assert any("anna has 1001 RUB, moved were 1000" in line for line in found)
