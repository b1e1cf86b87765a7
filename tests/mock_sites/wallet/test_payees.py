"""Who can be paid on the wallet's own site, and what may be typed for them (W1.1-W1.4)."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from mock_sites.shared.values.money import Money
from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.wallet.domain.catalogue import (
    FILE,
    Logo,
    Payee,
    categories,
    category,
    payee,
    payee_named,
)

WRITTEN: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["category"]
ARENA = Payee(
    slug="arena",
    name="Arena",
    group="Games",
    account_label="Player number",
    account_hint="3 to 5 digits or commas",
    account_pattern="[0-9,]{3,5}",
    account_longest=5,
    smallest=Money(1_000, "RUB"),
    largest=Money(5_000, "RUB"),
    logo=Logo("#000", "M0 0"),
)


@pytest.fixture(autouse=True)
def read_anew() -> None:
    """What an earlier test has read of the file says nothing about reading it."""
    categories.cache_clear()


@pytest.mark.parametrize(
    ("typed", "account"),
    [("123", "123"), ("12345", "12345"), (" 123 ", "123"), ("١٢٣", "123"), ("1,2", "1,2")],
)
def test_an_account_is_read_in_the_payees_shape(typed: str, account: str) -> None:
    assert ARENA.parse_account(typed) == account


@pytest.mark.parametrize(
    ("typed", "code", "facts"),
    [
        ("", "account.empty", {"label": "Player number"}),
        ("  ", "account.empty", {"label": "Player number"}),
        ("123456", "account.too-long", {"longest": 5}),
        ("12", "account.wrong-shape", {"hint": "3 to 5 digits or commas"}),
        ("123x", "account.wrong-shape", {"hint": "3 to 5 digits or commas"}),
        ("x123", "account.wrong-shape", {"hint": "3 to 5 digits or commas"}),
    ],
)
def test_what_is_no_account_of_the_payee_is_refused(
    typed: str, code: str, facts: dict[str, object]
) -> None:
    with pytest.raises(Refusal) as refused:
        ARENA.parse_account(typed)

    assert (refused.value.code, refused.value.field) == (code, "account")
    assert refused.value.facts == facts


@pytest.mark.parametrize(("typed", "minor"), [("10", 1_000), ("10.01", 1_001), ("50.00", 5_000)])
def test_an_amount_is_read_within_the_payees_limits(typed: str, minor: int) -> None:
    assert ARENA.parse_amount(typed) == Money(minor, "RUB")


@pytest.mark.parametrize(
    ("typed", "code", "facts"),
    [
        ("9.99", "amount.too-small", {"smallest": Money(1_000, "RUB")}),
        ("50.01", "amount.too-large", {"largest": Money(5_000, "RUB")}),
        ("", "amount.empty", {}),
    ],
)
def test_an_amount_beyond_the_limits_is_refused_with_the_limit(
    typed: str, code: str, facts: dict[str, object]
) -> None:
    with pytest.raises(Refusal) as refused:
        ARENA.parse_amount(typed)

    assert (refused.value.code, refused.value.field) == (code, "amount")
    assert refused.value.facts == facts


def test_the_categories_stand_as_they_are_written_with_their_payees_in_groups() -> None:
    for shown, written in zip(categories(), WRITTEN, strict=True):
        assert (shown.slug, shown.name) == (written["slug"], written["name"])
        assert shown.logo == Logo(**written["logo"])
        assert list(shown.groups) == list(dict.fromkeys(map(group_of, written["payee"])))
        for group, payees in shown.groups.items():
            members = [one["slug"] for one in written["payee"] if group_of(one) == group]
            assert [one.slug for one in payees] == members
        assert {one.slug for one in shown.payees} == {one["slug"] for one in written["payee"]}


def group_of(written: dict[str, Any]) -> str:
    return str(written.get("group", ""))


@pytest.mark.parametrize("written", [one for each in WRITTEN for one in each["payee"]])
def test_a_payee_is_as_it_is_written(written: dict[str, Any]) -> None:
    account = written["account"]

    assert payee(written["slug"]) == Payee(
        slug=written["slug"],
        name=written["name"],
        group=group_of(written),
        account_label=account["label"],
        account_hint=account["hint"],
        account_pattern=account["pattern"],
        account_longest=account["longest"],
        smallest=Money(written["smallest"], "RUB"),
        largest=Money(written["largest"], "RUB"),
        logo=Logo(**written["logo"]),
    )


def test_a_category_is_found_by_its_slug_and_nothing_else_is() -> None:
    assert category("entertainment").slug == "entertainment"
    with pytest.raises(NotFound):
        category("steam")
    with pytest.raises(NotFound):
        payee("entertainment")


@pytest.mark.parametrize("text", ["tank-arena", "Tank Arena"])
def test_a_payee_is_found_by_slug_and_by_name(text: str) -> None:
    assert payee_named(text) == payee("tank-arena")


@pytest.mark.parametrize("text", ["", "tank", "tank arena"])
def test_no_other_text_names_a_payee(text: str) -> None:
    with pytest.raises(NotFound):
        payee_named(text)
