"""What pages of three languages say of a linked card."""

from __future__ import annotations

import pytest

from steps.support.card_words import cuts_name, expiries_in, has_name


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Visa •••• 1111, valid until 07/31", {(7, 31)}),
        ("Visa •••• 1111 · 7/2031", {(7, 31)}),
        ("صالحة حتى ٠٧/٣١", {(7, 31)}),
        ("12/29, was 12/28", {(12, 29), (12, 28)}),
        ("Visa •••• 1111", set()),
    ],
)
def test_an_expiry_is_read(words: str, found: set[tuple[int, int]]) -> None:
    assert expiries_in(words) == found


@pytest.mark.parametrize(
    ("words", "cut"),
    [
        ("Visa •••• 1111 Maria Lopez Garcia", False),
        ("Visa •••• 1111 MARIA LOPEZ GARCIA", False),
        ("Visa •••• 1111", False),
        ("Visa •••• 1111 Garcia", True),
        ("Visa •••• 1111Garcia · 12/30", True),
        ("Visa •••• 1111 Maria Garcia", True),
    ],
)
def test_a_name_that_is_cut_is_noticed(words: str, cut: bool) -> None:
    assert cuts_name(words, "Maria Lopez Garcia") is cut


def test_a_name_is_found_whole_or_not_at_all() -> None:
    assert has_name("Visa •••• 1111ANNA  Orlova · 12/30", "Anna Orlova")
    assert not has_name("Visa •••• 1111 Anna", "Anna Orlova")
