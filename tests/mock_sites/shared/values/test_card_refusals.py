"""What a refusal of a typed card tells: its field, and what the words for it mention."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mock_sites.shared.values.cards import (
    network_of,
    parse_card_number,
    parse_holder,
    parse_security_code,
)
from mock_sites.shared.values.refusal import Refusal


def code_of_any_network(text: str, field: str) -> str:
    return parse_security_code(text, None, field)


@pytest.mark.parametrize(
    ("rule", "typed", "code"),
    [
        (parse_card_number, "", "card_number.empty"),
        (parse_card_number, "four", "card_number.not-digits"),
        (parse_card_number, "99", "card_number.wrong-length"),
        (parse_card_number, "4111111111111112", "card_number.mistyped"),
        (parse_holder, "", "card_holder.empty"),
        (parse_holder, "R2", "card_holder.not-a-name"),
        (parse_holder, "a" * 101, "text.too-long"),
        (code_of_any_network, "", "security_code.empty"),
        (code_of_any_network, "12", "security_code.wrong-length"),
    ],
)
def test_a_refusal_names_the_field_as_its_site_calls_it(
    rule: Callable[[str, str], object], typed: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        rule(typed, "theirs")

    assert (refused.value.code, refused.value.field) == (code, "theirs")


@pytest.mark.parametrize(("number", "digits"), [("4", 3), ("37", 4), ("", "3–4")])
def test_it_is_told_how_long_a_security_code_is(number: str, digits: object) -> None:
    with pytest.raises(Refusal) as refused:
        parse_security_code("12", network_of(number))

    assert refused.value.facts == {"digits": digits}


def test_it_is_told_how_long_a_name_may_be() -> None:
    with pytest.raises(Refusal) as refused:
        parse_holder("a" * 101)

    assert refused.value.facts == {"limit": 100}
