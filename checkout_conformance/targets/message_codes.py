"""Find the one-time code in a message: by the word beside it, and by its length if known."""

from __future__ import annotations

import re

from checkout_conformance.redaction.secrets import hide

SHORTEST, LONGEST = 4, 8
USUAL = 6
# What names a code: "code", "password", and the same in Russian and Arabic.
_WORD = re.compile(
    r"passcode|password|\bcode\b|\bpin\b|\botp\b|\bкод\w{0,2}\b|\bпарол\w{0,2}\b|رمز|كود|كلمة",
    re.IGNORECASE,
)
_SIGN = (
    r"[$€£¥₽₸₴]|RU[BR]|USD|EUR|GBP|KZT|UAH|AED|EGP|SAR|CNY"
    r"|roubles?|rubles?|руб(?:\.|л\w+)?|р\.|روبل|دولار"
)
# No code: a part of an amount or of a longer number, a number with a sign, the end of a card.
_NUMBER = re.compile(
    r"(?<![\w.,:/№#*•·+\-])(?<![№#*•·] )(?:\d{3}[ -]\d{3}|\d{4,8})(?![\w:/]|[.,\-]\d)"
)
_AFTER_SIGN = re.compile(rf"(?:{_SIGN})\s?$", re.IGNORECASE)
_BEFORE_SIGN = re.compile(rf"\s?(?:{_SIGN})(?!\w)", re.IGNORECASE)


def find_code(text: str, digits: int | None = None) -> str | None:
    """Return the code in a message, in Latin digits, or None if there is none.

    ``digits`` is its length. Without it the number of 4 to 8 digits is taken that stands nearest
    to a word for a code; without such a word the one of six digits, or else the first.
    """
    found = [one for one in _NUMBER.finditer(text) if not _is_amount(text, one)]
    if digits is not None:
        found = [one for one in found if len(_typed(one)) == digits]
    words = [one.span() for one in _WORD.finditer(text)]
    near = min(found, key=lambda one: _distance(one.span(), words), default=None)
    return _typed(near) if near else None


def hide_codes(text: str, digits: int | None = None) -> str:
    """Keep the code of a message, and six digits anyway, out of reports; return the text."""
    for code in {find_code(text, digits), *re.findall(r"(?<!\d)\d{6}(?!\d)", text)} - {None}:
        hide(str(code))
    return text


def _distance(number: tuple[int, int], words: list[tuple[int, int]]) -> tuple[int, int]:
    """How far a number is from the nearest word for a code; of equal ones, six digits first."""
    begin, end = number
    gaps = [max(begin - after, before - end) for before, after in words]
    return min(gaps, default=0), abs(end - begin - USUAL)


def _is_amount(text: str, number: re.Match[str]) -> bool:
    before, after = text[: number.start()], text[number.end() :]
    return bool(_AFTER_SIGN.search(before) or _BEFORE_SIGN.match(after))


def _typed(number: re.Match[str]) -> str:
    return "".join(str(int(one)) for one in number[0] if one.isdigit())
