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
# Of the others a page may show the issuer's own, at the beginning; never the whole number.
MOST_OTHER_DIGITS = 8


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
    digits = rf"(?<!{DIGIT}){in_any_script(last_four)}(?!{DIGIT}|[ -]{DIGIT}{{4}})"
    others = "|".join(names for other, names in NAMES.items() if other != brand)
    sign = rf"(?:(?!{others})(?!{DIGIT})[^\n]){{0,{LONGEST_GAP}}}?"
    between = rf"(?:{sign}{DIGIT}){{0,{MOST_OTHER_DIGITS}}}?{sign}"
    return re.compile(rf"{name}{between}{digits}|{digits}[ (,·-]{{1,3}}{name}", re.IGNORECASE)
