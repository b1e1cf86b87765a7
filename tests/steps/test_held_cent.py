from __future__ import annotations

import pytest

from checkout_conformance.drivers.http.reading.patterns import as_in_browser
from steps.support.held_cent import one_cent, one_day


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("One kopek (RUB 0.01) is held", True),
        ("We have reserved RUB 0.01 on Visa", True),
        ("Удержано 0,01 ₽", True),
        ("حجزنا ٠٫٠١ روبل", True),
        ("One cent is held", True),
        ("We hold RUB 10.01", False),
        ("We hold RUB 0.015", False),
        ("We hold RUB 1.00", False),
    ],
)
def test_a_cent_is_told_in_words_or_as_an_amount(text: str, tells: bool) -> None:
    assert bool(as_in_browser(one_cent("One kopek")).search(text)) is tells


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("for one day or less", True),
        ("Within 24 hours you get it back", True),
        ("не дольше суток", True),
        ("خلال ٢٤ ساعة", True),
        ("for two days", False),
        ("for 240 hours", False),
        ("for a while", False),
    ],
)
def test_a_day_is_told_in_words_or_in_hours(text: str, tells: bool) -> None:
    assert bool(as_in_browser(one_day("one day or less")).search(text)) is tells
