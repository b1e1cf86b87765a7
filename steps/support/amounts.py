"""Amounts of money, as steps name them and as pages in any language show them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.numbers import get_currency_precision

from checkout_conformance.safety.currencies import signs
from checkout_conformance.targets.glossary import LOCALES

from ..data import data
from .digits import DIGIT, in_any_script

# What languages write between thousands: nothing, a comma, a point, a space, an apostrophe.
BETWEEN_THOUSANDS = r"[,.'’٬\s\u00a0\u202f]?"
POINT = r"[.,٫]"
# Between an amount and its currency: a space, and the marks that turn the writing.
GAP = r"[\s\u00a0\u202f\u200e\u200f]{0,2}"
LETTER = "[A-Za-zА-Яа-я\u0621-\u064a]"
# Signs that a page may put in the place of another currency's.
OTHER_SIGNS = {"USD": r"\$", "RUB": "₽", "EUR": "€", "GBP": "£", "JPY": "¥", "KZT": "₸", "UAH": "₴"}
COMMON_CODES = ("USD", "EUR", "GBP", "JPY", "CNY", "KZT", "UAH", "BYN", "AED", "EGP", "RUB")


# An amount in a sentence: a number, the price of something, the least that a payee takes, and
# what is added or taken away. Other languages translate the words.
REFERENCE = "RUB"
PRICE, LEAST, LESS, PLUS, PIECES = "the price of", "the least for", "less", "plus", "pieces of"
AMOUNT_WORDS = (REFERENCE, PRICE, LEAST, LESS, PLUS, PIECES)
_NAMED = r"""(?:\d+ {words} )?["«][^"«»]*["»]"""
_LIST = rf"{_NAMED}(?:(?:, | and |، | ?و){_NAMED})*"
_TERM = rf"(?:\d+\.\d\d (?:[A-Z]{{3}}|{{words}})|{{words}} {_LIST})"
AMOUNT = rf"{_TERM}(?: {{words}} {_TERM})*"
SIGNS = re.compile(f" ({LESS}|{PLUS}) ")
ITEM = re.compile(rf"""(?:(?P<pieces>\d+) {PIECES} )?["«](?P<name>[^"«»]*)["»]""")


@dataclass(frozen=True)
class NamedAmount:
    """An amount in minor units and its currency, as a step names it: ``1450.00 RUB``."""

    minor: int
    currency: str

    @property
    def decimals(self) -> int:
        """How many decimals its currency has: two for roubles, none for yen, three for dinars."""
        return int(get_currency_precision(self.currency))

    @property
    def value(self) -> Decimal:
        """The amount in whole units of its currency: ``1450.00``."""
        return Decimal(self.minor).scaleb(-self.decimals)

    @property
    def typed(self) -> str:
        """The amount as a buyer types it: ``1450.00``."""
        return f"{self.value:.{self.decimals}f}"

    @property
    def on_page(self) -> re.Pattern[str]:
        """Finds the amount in a text of any language.

        The currency may stand on either side of it or be left out, but must not be another one.
        A whole amount needs no decimals if its currency stands beside it: ``1 450 ₽``.
        """
        whole, part = divmod(self.minor, 10**self.decimals)
        groups = BETWEEN_THOUSANDS.join(map(in_any_script, f"{whole:,}".split(",")))
        begin, others = rf"(?<!{DIGIT})(?<!{DIGIT}[.,'’٬])", _other_currencies(self.currency)
        # Python's patterns look back over a fixed width only.
        before = "".join(rf"(?<!{other})(?<!{other}\s)" for other in others)
        digits = f"{part:0{self.decimals}}" if self.decimals else ""
        exact = f"{POINT}{in_any_script(digits)}" if digits else ""
        amount = groups + (exact if part else f"(?:{exact})?")
        sign, end = _signs_of(self.currency), rf"(?!{POINT}?{DIGIT})"
        ways = (
            rf"{begin}{amount}{GAP}(?:{sign})(?!{LETTER})",
            rf"(?<!{LETTER})(?:{sign}){GAP}{amount}{end}",
            rf"{before}{begin}{groups}{exact}{end}(?!{GAP}(?:{'|'.join(others)}))",
        )
        return re.compile("|".join(ways), re.IGNORECASE)


def any_money() -> re.Pattern[str]:
    """Find an amount of money in a text, whatever amount: its decimals, or a currency beside it."""
    here = data()
    sign = "|".join((_signs_of(here.currency), *_other_currencies(here.currency)))
    ways = [rf"{DIGIT}{GAP}(?:{sign})(?!{LETTER})", rf"(?<!{LETTER})(?:{sign}){GAP}{DIGIT}"]
    if here.decimals:
        ways.append(rf"{DIGIT}{POINT}{DIGIT}{{{here.decimals}}}(?!{DIGIT})")
    return re.compile("|".join(ways), re.IGNORECASE)


def read_amount(text: str) -> NamedAmount:
    """Read ``1450.00 RUB``, ``the price of 3 pieces of "Felt slippers"`` and their like.

    Prices and the currency are those of the target's data. What is written in roubles is as many
    smallest units of the target's currency: 0.01 RUB is one yen of a target in yen.
    Raises DataError for a product or a payee that the data does not have, ValueError for words
    that are no amount.
    """
    minor, sign, known = 0, 1, data()
    currency = text.partition(" ")[2][:3]
    if not currency.isupper() or currency == REFERENCE:
        currency = known.currency
    for part in SIGNS.split(text):
        if part in (LESS, PLUS):
            sign = -1 if part == LESS else 1
        else:
            minor += sign * _minor(part, currency)
    return NamedAmount(minor, currency)


def _minor(term: str, currency: str) -> int:
    """The minor units of one term of an amount in a currency."""
    if term.startswith(PRICE):
        pieces = (
            int(found["pieces"] or 1) * data().product(found["name"]).price
            for found in ITEM.finditer(term)
        )
        return in_minor(sum(pieces, Decimal()), currency)
    if term.startswith(LEAST):
        [item] = ITEM.finditer(term)
        return in_minor(data().payee(item["name"]).smallest, currency)
    number, _, named = term.partition(" ")
    is_other = named[:3].isupper() and named[:3] != REFERENCE
    return in_minor(Decimal(number), named[:3] if is_other else REFERENCE)


def in_minor(value: Decimal, currency: str) -> int:
    """Return an amount of a currency in minor units: 119000 for 1190.00 roubles.

    Raises ValueError if it has more decimals than the currency.
    """
    minor = value.scaleb(get_currency_precision(currency))
    if minor != minor.to_integral_value():
        raise ValueError(f"{value} has more decimals than {currency}")
    return int(minor)


@lru_cache
def _signs_of(currency: str) -> str:
    """What languages write for a currency, the longest first."""
    written = [sign for sign, known in signs(LOCALES).items() if currency in known.may_be]
    escaped = map(re.escape, sorted(written, key=len, reverse=True))
    return "|".join(sign.replace(r"\ ", r"[\s\u00a0]") for sign in escaped)


@lru_cache
def _other_currencies(currency: str) -> tuple[str, ...]:
    others = [code for code in COMMON_CODES if code != currency]
    return (*others, *(sign for code, sign in OTHER_SIGNS.items() if code != currency))
