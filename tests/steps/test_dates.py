"""Dates are found in every format."""

from __future__ import annotations

import pytest

from steps.support.dates import SOME_DATE


@pytest.mark.parametrize(
    "written",
    [
        "Nov 27, 2026, 10:18:19 PM",
        "27 нояб. 2026 г., 22:18",
        "27\u200f/11\u200f/2026",
        "2026-11-27 22:18",
        "27.11.26",
        "today, 22:18",
        "٢٧ نوفمبر ٢٠٢٦",
    ],
)
def test_a_date_is_found(written: str) -> None:
    assert SOME_DATE.search(f"Samovar shop RUB 1,450.00 {written} Not paid")


@pytest.mark.parametrize("written", ["", "No 2", "20 000,00"])
def test_a_number_is_no_date(written: str) -> None:
    assert not SOME_DATE.search(f"Samovar shop RUB 1,450.00 {written} Not paid")
