"""Postal codes: what is read as one, on whichever site it is typed."""

from __future__ import annotations

import pytest

from mock_sites.shared.values.postal_codes import parse_postal_code
from mock_sites.shared.values.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("101000", "101000"),
        ("١٠١٠٠٠", "101000"),
        (" sw1a  1aa ", "SW1A 1AA"),
        ("12345-678", "12345-678"),
        ("123", "123"),
        ("1" * 10, "1" * 10),
    ],
)
def test_a_postal_code_is_read_as_people_write_it(typed: str, code: str) -> None:
    assert parse_postal_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "postal_code.empty"),
        (" \t", "postal_code.empty"),
        ("12", "postal_code.wrong"),
        ("1" * 11, "postal_code.wrong"),
        ("-1234", "postal_code.wrong"),
        ("1234-", "postal_code.wrong"),
        ("101000!", "postal_code.wrong"),
        ("Ж101000", "postal_code.wrong"),
        ("москва", "postal_code.wrong"),
    ],
)
def test_an_invalid_postal_code_is_rejected(typed: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_postal_code(typed)

    assert (refused.value.code, refused.value.field) == (code, "postal_code")
