"""Sums that need more than 32 bits, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

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
