"""How many things there are, as pages in any language say it."""

from __future__ import annotations

import re

# Not in an amount such as 1,190.00 or 3.50.
ALONE = re.compile(r"(?<!\d)(?<!\d[.,٫٬' \u00a0\u202f])\d+(?!\d)(?![.,٫٬' \u00a0\u202f]\d)")
TIMES = re.compile(r"(?<![\d.,٫٬])(\d+)\s?[×x✕](?!\w)")
# A browser's \b knows no Arabic letters.
LETTER = "[\\u0621-\\u064a]"
# Arabic says one and two of a thing without a digit: فاتورة واحدة, فاتورتان.
ARABIC_WORDS = {
    1: f"|(?<!{LETTER})واحدة?(?!{LETTER})",
    2: f"|(?<={LETTER})(?:تان|تين)(?!{LETTER})",
}


def count_on_page(number: int) -> re.Pattern[str]:
    """Finds a count in a text: its digits, or the Arabic words for one and for two."""
    return re.compile(rf"(?:(?<!\d){number}(?!\d){ARABIC_WORDS.get(number, '')})")


def says_number(text: str, number: int) -> bool:
    """Whether a text has the number by itself, in digits of any script and not in an amount."""
    return any(int(digits) == number for digits in ALONE.findall(text))


def numbers_before_times(text: str, product: str) -> set[int]:
    """The numbers of pieces that a text multiplies a price by: the 3 of ``3 × 150.00``.

    The name of the product may have such a number too: ``Tea, 2 x 50 g``.
    """
    return {int(digits) for digits in TIMES.findall(text.replace(product, ""))}
