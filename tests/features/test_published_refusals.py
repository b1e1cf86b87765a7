"""Each row of the table of refusals can be reached, and stands where people look for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mock_sites.shared.values.money import Money, parse_amount
from mock_sites.shared.values.published_refusals import (
    PublishedRefusal,
    of_account,
    of_card_amount,
    of_phone,
    published_refusals,
)
from mock_sites.vault.vault_result import REFUSED
from mock_sites.wallet.wording import REFUSALS
from tests.support.vault_fixture import typed_card, vault_fixture
from tests.support.wallet_fixture import WalletFixture, wallet_fixture

ROOT = Path(__file__).parents[2]


@pytest.fixture
def fixture(tmp_path: Path) -> Iterator[WalletFixture]:
    with wallet_fixture(tmp_path) as fixture:
        yield fixture


def rows(kind: str) -> list[PublishedRefusal]:
    return [row for row in published_refusals() if row.kind == kind]


def words(row: PublishedRefusal) -> str:
    return str(REFUSALS[row.outcome]).partition("%")[0]


@pytest.mark.parametrize("row", rows("account"), ids=lambda row: row.value)
def test_an_account_is_refused_at_the_form(fixture: WalletFixture, row: PublishedRefusal) -> None:
    answer = fixture.buyer().send("/pay/to/steam", account=row.value, amount="150")

    assert answer.request.path == "/pay/to/steam"
    assert words(row) in answer.text
    assert fixture.rows("SELECT * FROM payments") == []


@pytest.mark.parametrize("row", rows("account"), ids=lambda row: row.value)
def test_why_an_account_is_refused_belongs_beside_it(row: PublishedRefusal) -> None:
    refusal = of_account(row.value)

    assert refusal is not None
    assert (refusal.code, refusal.field) == (row.outcome, "account")
    assert of_account("anna_2010") is None


@pytest.mark.parametrize("row", rows("amount"), ids=lambda row: row.value)
def test_an_amount_is_refused_once_the_code_is_right(
    fixture: WalletFixture, row: PublishedRefusal
) -> None:
    buyer = fixture.buyer()
    path = buyer.be_sent_code(row.value)

    answer = buyer.send(path, code=fixture.outside.codes[-1])

    assert words(row) in answer.text
    assert answer.request.path == path
    assert buyer.balance() == "RUB 10,000.00"
    assert fixture.discrepancies() == []


@pytest.mark.parametrize("row", rows("card amount"), ids=lambda row: row.value)
def test_an_amount_is_refused_by_the_issuer_of_any_card(
    tmp_path: Path, row: PublishedRefusal
) -> None:
    code, status, _ = REFUSED[row.outcome]
    with vault_fixture(tmp_path) as fixture:
        minor = str(parse_amount(row.value, "RUB").minor)
        answer = fixture.pay(minor=minor, card=typed_card())

        assert answer["result"]["resultCode"] == code
        assert answer["result"]["resultStatus"] == status
        assert fixture.rows("SELECT * FROM movements") == []


def test_an_issuer_agrees_to_an_amount_in_another_currency() -> None:
    assert of_card_amount(Money(40_203, "RUB")) is not None
    assert of_card_amount(Money(40_203, "KZT")) is None


@pytest.mark.parametrize("row", rows("phone"), ids=lambda row: row.value)
def test_no_message_reaches_such_a_phone(row: PublishedRefusal) -> None:
    refusal = of_phone(f"{row.value}1234")

    assert refusal is not None
    assert refusal.code == row.outcome
    assert of_phone("+79160000001") is None


def test_every_value_stands_in_a_feature() -> None:
    features = "".join(path.read_text() for path in (ROOT / "features").rglob("*.feature"))

    assert [row.value for row in published_refusals() if row.value not in features] == []
