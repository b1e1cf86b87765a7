"""Amounts in the vault's message about the cent."""

from __future__ import annotations

import pytest

from steps.support.held_cent import AMOUNT


@pytest.mark.parametrize("text", ["0.01", "0,01 ₽", "RUB 0.01", "(0.01)", "٠٫٠١"])
def test_a_cent_is_found_however_it_is_written(text: str) -> None:
    [(whole, part)] = AMOUNT.findall(text)
    assert (int(whole), int(part)) == (0, 1)


def test_another_amount_is_found_too() -> None:
    assert AMOUNT.findall("one cent (1.00)") == [("1", "00")]


@pytest.mark.parametrize("text", ["27.11.2026", "12/30", "•••• 1111", "in 1 day"])
def test_a_date_and_a_card_are_no_amounts(text: str) -> None:
    assert AMOUNT.findall(text) == []
