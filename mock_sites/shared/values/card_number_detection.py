"""Detection of card numbers in texts where none belongs: they are rejected and never kept.

A card number here is 13 to 19 digits of any script that a known network could have issued and
whose check digit (Luhn) fits. They may stand together or in groups, with up to three separators
(spaces, dashes, dots, slashes…) between two groups. Phone numbers and UUIDs are no card numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

import phonenumbers
from stdnum import luhn

from .cards import NETWORKS, Network
from .refusal import Refusal

# Networks whose cards no site takes, but whose numbers are somebody's all the same.
OTHER_NETWORKS = (
    Network("Discover", (range(6011, 6012), range(644, 650), range(65, 66)), (16, 19)),
    Network("UnionPay", (range(62, 63), range(81, 82)), (16, 17, 18, 19)),
    Network("JCB", (range(3528, 3590),), (16, 17, 18, 19)),
    Network("Diners Club", (range(300, 306), range(36, 37), range(38, 40)), (14, 16, 19)),
    Network("RuPay", (range(508, 509), range(6521, 6523)), (16,)),
    Network(
        "Maestro",
        tuple(range(n, n + 1) for n in (5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763)),
        (13, 15, 16, 17, 18, 19),
    ),
)
SHORTEST, LONGEST = 13, 19
# A phone number in international form (E.164) has no more digits.
LONGEST_PHONE = 15
RUN = re.compile(r"[0-9]+(?:[^0-9a-z]{1,3}[0-9]+)*", re.ASCII)
UUID = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f])", re.ASCII)
# How the numbers of American Express and of 13 digits are grouped on a card.
UNEVEN_GROUPS = ((4, 6, 5), (4, 6, 4), (4, 3, 3, 3))
# Shorter numbers in uneven groups are more often a phone number or a list of numbers.
SHORTEST_IN_ANY_GROUPS = 15


def holds_card_number(text: str) -> bool:
    """Whether a card number stands in ``text``, also if it is percent-encoded."""
    return _in_plain(text) or ("%" in text and _in_plain(unquote(text)))


def refuse_card_number(text: str, field: str | None = None) -> None:
    """Raise Refusal ``text.card-number`` if a card number stands in ``text``."""
    if holds_card_number(text):
        raise Refusal("text.card-number", field)


def _in_plain(text: str) -> bool:
    if sum(map(_is_digit, text)) < SHORTEST:
        return False
    plain = UUID.sub(" id ", "".join(map(_plain, text)))
    return any(_holds_number(plain, run) for run in RUN.finditer(plain))


def _is_digit(character: str) -> bool:
    return unicodedata.digit(character, None) is not None


def _plain(character: str) -> str:
    """A digit as 0 to 9, a letter of any script as ``a``; what nobody sees is left out."""
    value = unicodedata.digit(character, None)
    if value is not None:
        return str(value)
    if unicodedata.category(character) == "Cf":
        return ""
    if character.isascii():
        return character.lower()
    return "a" if unicodedata.category(character)[0] == "L" else "."


def _holds_number(plain: str, run: re.Match[str]) -> bool:
    groups = list(re.finditer(r"[0-9]+", run[0], re.ASCII))
    for first, last in _windows([len(group[0]) for group in groups]):
        window = groups[first : last + 1]
        number = "".join(group[0] for group in window)
        start = run.start() + window[0].start()
        end = run.start() + window[-1].end()
        if _is_card_number(number) and not _is_phone(plain[:start], plain[start:end], number):
            return True
    return False


def _windows(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last group of all runs of groups that could be one number."""
    if SHORTEST_IN_ANY_GROUPS <= sum(lengths) <= LONGEST:
        yield 0, len(lengths) - 1
    for first in range(len(lengths)):
        total = 0
        for last in range(first, len(lengths)):
            total += lengths[last]
            if total > LONGEST:
                break
            if total >= SHORTEST and _even(lengths[first : last + 1]):
                yield first, last


def _even(groups: Sequence[int]) -> bool:
    """Whether digits are grouped as people group a card number."""
    alike = all(length == groups[0] for length in groups[:-1]) and groups[-1] <= groups[0]
    return alike or tuple(groups) in UNEVEN_GROUPS


def _is_card_number(number: str) -> bool:
    known = any(
        len(number) in network.lengths and network.issues(number)
        for network in (*NETWORKS, *OTHER_NETWORKS)
    )
    return known and luhn.is_valid(number)


def _is_phone(before: str, written: str, number: str) -> bool:
    """Whether these digits follow a plus and are a number that some country could assign."""
    if not before.rstrip().endswith("+") or len(number) > LONGEST_PHONE:
        return False
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(f"+{number}"))
    except phonenumbers.NumberParseException:
        return False
