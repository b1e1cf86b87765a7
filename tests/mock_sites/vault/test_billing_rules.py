"""What may be typed for a billing address (C2.4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mock_sites.shared.values.refusal import Refusal
from mock_sites.vault.domain.billing import (
    COUNTRIES,
    parse_address,
    parse_country,
)


def refused(rule: Callable[[str], object], typed: str) -> Refusal:
    with pytest.raises(Refusal) as refused:
        rule(typed)
    return refused.value


@pytest.mark.parametrize("code", ["RU", "KZ", "SA", "GB", "US"])
def test_a_country_is_known_by_its_two_letters(code: str) -> None:
    assert parse_country(code) == code


@pytest.mark.parametrize(
    "code", ["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "XX", "643", "001", "ru"]
)
def test_what_is_no_country_is_not_offered_and_refused(code: str) -> None:
    refusal = refused(parse_country, code)
    assert (refusal.code, refusal.field) == ("country.unknown", "country")
    assert code not in COUNTRIES


def test_a_country_has_to_be_chosen() -> None:
    refusal = refused(parse_country, "")
    assert (refusal.code, refusal.field) == ("country.empty", "country")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Arbat 1,\n flat  2 ", "Arbat 1, flat 2"),
        ("شارع التحرير ١٢", "شارع التحرير ١٢"),
        ("x" * 200, "x" * 200),
    ],
)
def test_an_address_is_kept_in_any_script_with_single_blanks(typed: str, kept: str) -> None:
    assert parse_address(typed) == kept


def test_an_address_has_to_be_typed() -> None:
    refusal = refused(parse_address, " \n")
    assert (refusal.code, refusal.field) == ("address.empty", "address")


def test_an_address_that_is_too_long_is_told_the_limit() -> None:
    refusal = refused(parse_address, "x" * 201)
    assert (refusal.code, refusal.field) == ("text.too-long", "address")
    assert refusal.facts == {"limit": 200}


def test_a_card_number_is_not_kept_as_an_address() -> None:
    refusal = refused(parse_address, "Arbat 1, 4111 1111 1111 1111")
    assert (refusal.code, refusal.field) == ("text.card-number", "address")
    assert refusal.facts == {}
