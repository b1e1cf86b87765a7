"""Find secret numbers: card numbers of any network and registered numbers.

A number is found however it is grouped (``4111 1111 1111 1111``, ``4111-1111-…``, ``4111%201111…``)
and in digits of any script. Moments, UUIDs, hashes, amounts and phone numbers are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from stdnum import luhn

LONGEST = 19
# A number as short as a security code is a secret only where it stands alone.
SHORT = 4
# From this length on a registered number is found in any grouping.
ANY_GROUPING = 12


@dataclass(frozen=True)
class CardNetwork:
    """A card network: the first digits of its numbers, and their lengths."""

    prefixes: tuple[range, ...]
    lengths: Collection[int] = (16,)

    def issues(self, number: str) -> bool:
        """Whether a whole number may be of this network."""
        return len(number) in self.lengths and any(
            int(number[: len(str(one.start))]) in one for one in self.prefixes
        )


CARD_NETWORKS = (
    CardNetwork((range(4, 5),), (13, 16, 19)),  # Visa
    CardNetwork((range(51, 56), range(2221, 2721))),  # Mastercard
    CardNetwork((range(34, 35), range(37, 38)), (15,)),  # American Express
    CardNetwork((range(2200, 2205),), range(16, 20)),  # Mir
    CardNetwork((range(6011, 6012), range(644, 650), range(65, 66)), range(16, 20)),  # Discover
    CardNetwork((range(62, 63), range(81, 82)), range(16, 20)),  # UnionPay, RuPay
    CardNetwork((range(3528, 3590),), range(16, 20)),  # JCB
    CardNetwork((range(300, 306), range(36, 37), range(38, 40)), range(14, 20)),  # Diners Club
    CardNetwork(
        (range(50, 51), range(56, 59), range(60, 61), range(63, 64), range(67, 68)), (16, 18, 19)
    ),  # Maestro
    CardNetwork((range(9860, 9861), range(8600, 8601))),  # Humo, Uzcard
)
# How the digits of a card are grouped in print; any number of single digits is one more way.
GROUPINGS = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (6, 10), (8, 8), (4, 4, 4, 6), (8, 4, 4)} | {
    (4, 4, 4, 4, rest) for rest in (1, 2, 3)
}
CODE_GROUPINGS = {(3, 3), (2, 2, 2), (4, 4), (2, 2), (3, 4), (4, 3)}

_BETWEEN = (
    r"(?:[ \t_.+\u00a0\u2007\u2009\u202f\u2010-\u2015-]|%20|%2D|%C2%A0|%E2%80%AF"
    r"|&nbsp;|&#160;|&#xa0;|\\u00a0|\\xa0|\\u202f|\\t){1,3}?"
)
_UUID = r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"
_DAY = r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d"
_TIME = r"(?:[T _]|%20)\d\d(?::|%3A)\d\d(?:(?::|%3A)\d\d(?:[.,]\d+)?)?"
_MOMENT = rf"{_DAY}(?:{_TIME})?(?![\d-])"
_ESCAPE = (
    r"%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\[nrt]|&#x?[0-9A-Fa-f]+;|\x1b\[[\d;]*m"
)
_TOKEN = re.compile(
    rf"(?P<whole>{_UUID}|{_MOMENT})|(?P<escape>{_ESCAPE})|(?P<run>\d+(?:{_BETWEEN}\d+)*)",
    re.IGNORECASE,
)
_GROUP = re.compile(rf"(\d+)(?:{_BETWEEN}(?=\d)|$)", re.IGNORECASE)
_FOUR_BY_FOUR = re.compile(r"(\d{4})[ \u00a0-](\d{4})[ \u00a0-](\d{4})[ \u00a0-](\d{4})")
_PHONE_PREFIX = re.compile(r"(?:^|[^\w+])\+$|%2B$", re.IGNORECASE)
_HEX_WORD = re.compile(r"[0-9A-Fa-f]{24,}")
_BEFORE_ALONE = re.compile(r"(?:[^\W_]|\d[.,:/-]|[$€£₽¥]\s?|\.py:|\bline )$")
_AFTER_ALONE = re.compile(
    r"[^\W_]|[.,:/-]\d|\s?(?:[$€£₽¥%]|(?:RUB|USD|EUR|GBP|KWD|KZT|AED|CHF|руб|ms|s|px|KB)\b)"
)


def is_card_number(digits: str) -> bool:
    """Whether the digits are a whole number of a known network, check digit included."""
    return any(network.issues(digits) for network in CARD_NETWORKS) and luhn.is_valid(digits)


def plain_digits(text: str) -> str:
    """The digits of a number in ASCII, without what groups them; "" if it is not a number."""
    joined = "".join(c for c in text if not (c.isspace() or unicodedata.category(c) == "Pd"))
    return _ascii(joined) if joined.isdecimal() else ""


def find_numbers(text: str, registered: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where card numbers and the ``registered`` numbers (ASCII digits) stand in ``text``."""
    for found in _FOUR_BY_FOUR.finditer(text):
        # In print; what stands before and after may be other digits, run together with it.
        if is_card_number(_ascii("".join(found.groups()))):
            yield found.span()
    after_escape = -1
    for token in _TOKEN.finditer(text):
        if token["escape"]:
            after_escape = token.end()
        elif token["run"]:
            yield from _in_run(text, token, registered, after_escape == token.start())


@dataclass(frozen=True)
class _Number:
    """Some neighbouring groups of a run of digits."""

    digits: str
    sizes: tuple[int, ...]
    start: int
    end: int
    is_whole_run: bool
    # An escape such as ``%3D`` or ``\\n`` stands before it: the letter there is none.
    after_escape: bool

    @property
    def is_single(self) -> bool:
        return len(self.sizes) > 1 and set(self.sizes) == {1}


def _in_run(
    text: str, run: re.Match[str], registered: Collection[str], after_escape: bool
) -> Iterator[tuple[int, int]]:
    groups = [
        (_ascii(found[1]), run.start() + found.start(1), run.start() + found.end(1))
        for found in _GROUP.finditer(run[0])
    ]
    if len(groups) == 1 and len(groups[0][0]) > LONGEST and groups[0][0] not in registered:
        return
    longest = max([LONGEST, *map(len, registered)]) if registered else LONGEST
    first = 0
    while first < len(groups):
        last = _longest_secret(text, groups, first, longest, registered, after_escape)
        if last is None:
            first += 1
        else:
            yield groups[first][1], groups[last][2]
            first = last + 1


def _longest_secret(
    text: str,
    groups: list[tuple[str, int, int]],
    first: int,
    longest: int,
    registered: Collection[str],
    after_escape: bool,
) -> int | None:
    """The last group of the longest secret that begins with the group ``first``."""
    digits, found = "", None
    sizes: tuple[int, ...] = ()
    for last in range(first, len(groups)):
        digits += groups[last][0]
        sizes = (*sizes, len(groups[last][0]))
        if len(digits) > longest:
            break
        number = _Number(
            digits,
            sizes,
            groups[first][1],
            groups[last][2],
            is_whole_run=len(sizes) == len(groups),
            after_escape=after_escape and first == 0,
        )
        if _is_registered(text, number, registered) or _is_card(text, number):
            found = last
    return found


def _is_registered(text: str, number: _Number, registered: Collection[str]) -> bool:
    if number.digits not in registered:
        return False
    if len(number.digits) >= ANY_GROUPING:
        return True
    if len(number.digits) <= SHORT and not _stands_alone(text, number):
        return False
    if len(number.sizes) > 1:
        usual = number.is_whole_run and number.sizes in CODE_GROUPINGS
        return usual or number.is_single
    return not _is_fraction(text, number)


def _is_card(text: str, number: _Number) -> bool:
    usual = len(number.sizes) == 1 or number.is_single or number.sizes in GROUPINGS
    return (
        usual
        and is_card_number(number.digits)
        and not _is_phone(text, number)
        and not _is_hash(text, number)
        and not _is_fraction(text, number)
    )


def _stands_alone(text: str, number: _Number) -> bool:
    before = not number.after_escape and _BEFORE_ALONE.search(
        text[max(0, number.start - 6) : number.start]
    )
    return not before and _AFTER_ALONE.match(text, number.end) is None


def _is_fraction(text: str, number: _Number) -> bool:
    """Whether these are the decimals of a number, as in ``0.482913``."""
    before = text[max(0, number.start - 2) : number.start]
    return len(before) == 2 and before[0].isdigit() and before[1] in ".,"


def _is_phone(text: str, number: _Number) -> bool:
    # E.164 allows 15 digits. A plus between words is a space of a form.
    before = text[max(0, number.start - 3) : number.start]
    return len(number.digits) <= 15 and _PHONE_PREFIX.search(before) is not None


def _is_hash(text: str, number: _Number) -> bool:
    if len(number.sizes) > 1:
        return False
    start, end = number.start, number.end
    while start and text[start - 1].isascii() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isascii() and text[end].isalnum():
        end += 1
    return _HEX_WORD.fullmatch(text, start, end) is not None


def _ascii(digits: str) -> str:
    if digits.isascii():
        return digits
    return "".join(str(unicodedata.decimal(digit)) for digit in digits)
