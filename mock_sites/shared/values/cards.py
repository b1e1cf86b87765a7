"""Parse the values of a bank card, the same on every site.

A number and a security code pass through here and stay nowhere: :class:`Card` does not show
them when it is printed, and no refusal carries what was typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from stdnum import luhn

from .money import (
    parse_digits,
    with_plain_separators,
    without_direction_marks,
)
from .refusal import Refusal

SHORTEST_NUMBER, LONGEST_NUMBER = 12, 19
LONGEST_HOLDER = 100
# No issuer prints a date further away than this.
YEARS_AHEAD = 20
# The joiners belong to words of Persian, Urdu and Indian languages.
HOLDER_SIGNS = frozenset(" .,'’-\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")
NUMBER = re.compile(r"[0-9]+(?:[ -][0-9]+)*")
EXPIRY = re.compile(r"([0-9]{1,2}) ?[/. -] ?([0-9]{2}|[0-9]{4})|([0-9]{2})([0-9]{2}|[0-9]{4})")
CODE = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Network:
    """A card network: how its numbers begin, how long they and its security codes are."""

    name: str
    prefixes: tuple[range, ...]
    lengths: tuple[int, ...] = (16,)
    code_length: int = 3

    def issues(self, number: str) -> bool:
        """Whether a number, or the beginning of one, is of this network."""
        return any(
            len(number) >= len(str(one.start)) and int(number[: len(str(one.start))]) in one
            for one in self.prefixes
        )


NETWORKS = (
    Network("Visa", (range(4, 5),), (13, 16, 19)),
    Network("Mastercard", (range(51, 56), range(2221, 2721))),
    Network("American Express", (range(34, 35), range(37, 38)), (15,), code_length=4),
    Network("Mir", (range(2200, 2205),), (16, 17, 18, 19)),
)


@dataclass(frozen=True, order=True)
class Expiry:
    """The last month in which a card can be used."""

    year: int
    month: int

    def __str__(self) -> str:
        """As it is printed on cards: ``09/27``."""
        return f"{self.month:02}/{self.year % 100:02}"

    def is_over(self, today: date) -> bool:
        """Whether its month has ended: a card is good to the end of it."""
        return self < Expiry(today.year, today.month)


@dataclass(frozen=True)
class Card:
    """The four values of a card, as far as one can tell without asking its issuer."""

    number: str = field(repr=False)
    holder: str
    expiry: Expiry
    security_code: str = field(repr=False)


def network_of(number: str) -> Network | None:
    """The network that issues such numbers, by their first digits; None for any other."""
    return next((one for one in NETWORKS if one.issues(number)), None)


def parse_card_number(text: str, field: str = "card_number") -> str:
    """The digits of a card's number: of any script, with single spaces or dashes between them.

    Whether it is a published test number is for the issuer to say. Raises Refusal:
    ``card_number.empty``, ``card_number.not-digits``, ``card_number.wrong-length`` for the
    network, or ``card_number.mistyped`` if the check digit (Luhn) does not fit.
    """
    grouped = with_plain_separators(parse_digits(text).strip())
    if not grouped:
        raise Refusal("card_number.empty", field)
    if not NUMBER.fullmatch(grouped):
        raise Refusal("card_number.not-digits", field)
    plain = re.sub(r"[ -]", "", grouped)
    network = network_of(plain)
    lengths = network.lengths if network else range(SHORTEST_NUMBER, LONGEST_NUMBER + 1)
    if len(plain) not in lengths:
        raise Refusal("card_number.wrong-length", field)
    if not luhn.is_valid(plain):
        raise Refusal("card_number.mistyped", field)
    return plain


def parse_holder(text: str, field: str = "card_holder") -> str:
    """The name on a card, in letters of any script.

    Raises Refusal: ``card_holder.empty``, ``text.too-long`` above 100 characters, or
    ``card_holder.not-a-name`` if there is more in it than letters and what joins them.
    """
    visible = without_direction_marks(text)
    holder = " ".join(unicodedata.normalize("NFC", visible).split())
    if not holder:
        raise Refusal("card_holder.empty", field)
    if len(holder) > LONGEST_HOLDER:
        raise Refusal("text.too-long", field, limit=LONGEST_HOLDER)
    letters = [unicodedata.category(c)[0] == "L" for c in holder]
    if not any(letters) or not all(map(may_be_in_a_name, holder)):
        raise Refusal("card_holder.not-a-name", field)
    return holder


def parse_expiry(text: str, today: date) -> Expiry:
    """The month and year typed, such as ``9/27``, ``09-2027`` or ``0927``, in any script's digits.

    A card can be used until its month ends. Raises Refusal: ``expiry.empty``,
    ``expiry.unreadable``, ``expiry.no-such-month``, ``expiry.past``, or ``expiry.too-far`` for
    a year that no card bears yet.
    """
    plain = with_plain_separators(parse_digits(text).strip())
    if not plain:
        raise Refusal("expiry.empty", "expiry")
    found = EXPIRY.fullmatch(plain)
    if found is None:
        raise Refusal("expiry.unreadable", "expiry")
    month, year = (part for part in found.groups() if part)
    return _checked_expiry(int(year) if len(year) == 4 else 2000 + int(year), int(month), today)


def _checked_expiry(year: int, month: int, today: date) -> Expiry:
    if not 1 <= month <= 12:
        raise Refusal("expiry.no-such-month", "expiry")
    expiry = Expiry(year, month)
    if expiry < Expiry(today.year, today.month):
        raise Refusal("expiry.past", "expiry")
    if year > today.year + YEARS_AHEAD:
        raise Refusal("expiry.too-far", "expiry")
    return expiry


def parse_security_code(text: str, network: Network | None, field: str = "security_code") -> str:
    """The digits of a security code; where the network is not known, three or four of them.

    Raises Refusal: ``security_code.empty``, or ``security_code.wrong-length`` for anything
    but as many digits as the network's codes have.
    """
    plain = parse_digits(text).strip()
    if not plain:
        raise Refusal("security_code.empty", field)
    lengths = (network.code_length,) if network else (3, 4)
    if not CODE.fullmatch(plain) or len(plain) not in lengths:
        digits = lengths[0] if network else "3–4"
        raise Refusal("security_code.wrong-length", field, digits=digits)
    return plain


def may_be_in_a_name(character: str) -> bool:
    """Whether a name may hold this character: a letter of any script, or what joins them."""
    return unicodedata.category(character)[0] in ("L", "M") or character in HOLDER_SIGNS
