"""Cards as pages show them: the brand and the last four digits, whatever stands between."""

from __future__ import annotations

import re

from .digits import DIGIT, in_any_script

# What else a brand is called.
NAMES = {
    "Visa": "Visa|Виза|فيزا",
    "Mastercard": "Master ?Card|Мастеркард|ماستر ?كارد",
    "American Express": "American Express|Amex|أمريكان إكسبريس",
    "Mir": "Mir|Мир|مير",
}
LETTER = "[A-Za-zА-Яа-яЁё\\u0621-\\u064a]"
# A mask of sixteen digits in groups, or words: "Visa ending in 1111".
LONGEST_GAP = 30


def any_card() -> re.Pattern[str]:
    """Find a card in a text, whatever card: a brand and four digits, or masked digits."""
    brands = "|".join(NAMES.values())
    return re.compile(
        rf"(?<!{LETTER})(?:{brands})(?!{LETTER})[^\n]{{0,{LONGEST_GAP}}}?{DIGIT}{{4}}(?!{DIGIT})"
        rf"|[*•·]{{1,4}} ?{DIGIT}{{4}}(?!{DIGIT})",
        re.IGNORECASE,
    )


def mask_of(brand: str, last_four: str) -> re.Pattern[str]:
    """Return a pattern that finds a card: ``Visa •••• 1111``, ``**** 1111 (Visa)``."""
    name = rf"(?<!{LETTER})(?:{NAMES.get(brand, re.escape(brand))})(?!{LETTER})"
    digits = rf"(?<!{DIGIT}){in_any_script(last_four)}(?!{DIGIT})"
    others = "|".join(names for other, names in NAMES.items() if other != brand)
    between = rf"(?:(?!{others})[^\n]){{0,{LONGEST_GAP}}}?"
    return re.compile(rf"{name}{between}{digits}|{digits}[ (,·-]{{1,3}}{name}", re.IGNORECASE)
