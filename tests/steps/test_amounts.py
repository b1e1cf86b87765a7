"""Amounts, found in what pages of three languages say."""

from __future__ import annotations

import pytest

from steps.support.amounts import read_amount


@pytest.mark.parametrize(
    ("text", "is_other"),
    [
        ("RUB 150.00", False),
        ("150,00 ₽", False),
        ("150.00 روبل روسي", False),
        ("150.00", False),
        ("KZT 150.00", True),
        ("150,00 ₸", True),
        ("150.00 تينغ كازاخستاني", True),
        ("$150.00", True),
    ],
)
def test_another_currency_is_found_by_its_sign_or_name(text: str, is_other: bool) -> None:
    money = read_amount("150.00 RUB")
    assert money.on_page.search(text)
    assert bool(money.in_other_currency.search(text)) is is_other
