"""Card numbers as different buyers write them."""

from __future__ import annotations

import re
from collections.abc import Callable

ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def with_spaces(number: str) -> str:
    """The number as it is printed on a card."""
    return " ".join(re.findall(".{4}", number))


def with_dashes(number: str) -> str:
    """The number in the same groups, with dashes."""
    return "-".join(re.findall(".{4}", number))


def in_arabic_digits(number: str) -> str:
    """The number as an Arabic keyboard types it."""
    return number.translate(ARABIC_DIGITS)


def in_persian_digits(number: str) -> str:
    """The number as a Persian keyboard types it."""
    return number.translate(PERSIAN_DIGITS)


# By the words that a sentence has for it.
WRITTEN: dict[str, Callable[[str], str]] = {
    "with spaces": with_spaces,
    "with dashes": with_dashes,
    "in Arabic digits": in_arabic_digits,
    "in Persian digits": in_persian_digits,
}
