"""Sums that need more than 32 bits, on both databases."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mock_sites.shared.runtime.database import Database
from mock_sites.vault.store import Base, PaymentRow
from mock_sites.vault.vault_request import LARGEST_AMOUNT
from tests.support.stack_fixture import stack_fixture

BUYERS, KOPEKS = 22, 10**8


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_all_buyers_have_may_be_more_than_32_bits_hold(
    tmp_path: Path, database: str, request: pytest.FixtureRequest
) -> None:
    url = "" if database == "sqlite" else request.getfixturevalue("site_databases")
    with stack_fixture(tmp_path, url) as whole:
        for number in range(BUYERS):
            person = {"phone": f"+7925{number:07}", "password": "secret", "name": "Anna"}
            funds = {"balances": {"RUB": KOPEKS}}
            whole.control("wallet", "POST", "/buyers", {**person, **funds})

        lowest = whole.ask("wallet", "SELECT min(balance) FROM accounts")

        assert lowest[0][0] <= -BUYERS * KOPEKS < -(2**31)
        assert whole.control("wallet", "GET", "/books")["discrepancies"] == []


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_vault_keeps_the_largest_payment_that_a_merchant_may_ask_for(
    tmp_path: Path, database: str, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'vault.sqlite3'}"
    if database == "postgresql":
        url = request.getfixturevalue("new_databases")().replace("{site}", "vault")
    payment = PaymentRow(
        request_id="p-1",
        uid="u-1",
        phone="+79250000001",
        source="token",
        amount=LARGEST_AMOUNT,
        currency="RUB",
        description="",
        refused="card.declined",
        at=datetime.now(UTC),
    )
    with closing(Database(url, Base)) as vault:
        with vault.transaction() as session:
            session.add(payment)
        with vault.reading() as session:
            assert session.get_one(PaymentRow, "p-1").amount == LARGEST_AMOUNT
