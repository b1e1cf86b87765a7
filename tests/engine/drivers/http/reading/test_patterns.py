"""Patterns find what they would find in a browser."""

from __future__ import annotations

import re

import pytest

from checkout_conformance.drivers.http.reading.patterns import as_in_browser
from checkout_conformance.drivers.http.reading.texts import fits, name_fits, normalized


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\d", "7", True),
        (r"\d", "٧", False),
        (r"[\d]", "٧", False),
        (r"\D", "٧", True),
        (r"\w", "Ж", False),
        (r"[^\w]", "Ж", True),
        (r"Pay\b", "Pay 7", True),
        (r"Убрать\b", "Убрать 7", False),
        (r"\bx", "Жx", True),
        (r"a\Bb", "ab", True),
        (r"a\sb", "a\u00a0b", True),
        (r"a\sb", "a\ufeffb", True),
        (r"a\Sb", "a\u00a0b", False),
        (r"a$", "a\n", False),
        (r"a[$]", "a$", True),
        (r"a\$", "a$", True),
        (r"[\]$]", "]", True),
        (r"\\d", r"\d", True),
        (r"(?<!\d)7(?!\d)", "٧7٧", True),
    ],
)
def test_a_class_of_letters_is_that_of_javascript(pattern: str, text: str, found: bool) -> None:
    assert (as_in_browser(re.compile(pattern)).search(text) is not None) is found


def test_flags_are_kept() -> None:
    assert as_in_browser(re.compile("карта", re.IGNORECASE)).search("КАРТА")
    assert as_in_browser(re.compile("^a$", re.MULTILINE)).search("b\na\nb")


@pytest.mark.parametrize(
    ("wanted", "have", "exact", "fitting"),
    [
        ("pay now", "  Pay\n now! ", False, True),
        ("pay now", "Pay now", True, False),
        (" Pay  now", "Pay\u00a0now", True, True),
        ("Pay", "Pay now", True, False),
        ("Payment", "Pay\u00adment\u200b", True, True),
        (re.compile("Pay now"), "Pay  now", False, False),
        (re.compile("Pay now"), "Pay\u00a0now", True, False),
    ],
)
def test_spaces_and_letter_case_count_as_in_playwright(
    wanted: str | re.Pattern[str], have: str, exact: bool, fitting: bool
) -> None:
    assert fits(wanted, have, exact) is fitting


def test_a_pattern_for_a_name_sees_simple_spaces() -> None:
    assert name_fits(re.compile("^10 USD$"), "10\u00a0USD")
    assert normalized("\ufeffa \n b\u3000") == "a b"
