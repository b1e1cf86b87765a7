"""Amounts of money, as steps name them and as pages in any language show them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from checkout_conformance.safety.currencies import signs
from checkout_conformance.targets.glossary import LOCALES

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


@dataclass(frozen=True)
class NamedAmount:
    """An amount in minor units and its currency, as a step names it: ``1450.00 RUB``."""

    minor: int
    currency: str

    @property
    def typed(self) -> str:
        """The amount as a buyer types it: ``1450.00``."""
        whole, part = divmod(self.minor, 100)
        return f"{whole}.{part:02}"

    @property
    def on_page(self) -> re.Pattern[str]:
        """Finds the amount in a text of any language.

        The currency may stand on either side of it or be left out, but must not be another one.
        A whole amount needs no decimals if its currency stands beside it: ``1 450 ₽``.
        """
        whole, part = divmod(self.minor, 100)
        groups = BETWEEN_THOUSANDS.join(map(in_any_script, f"{whole:,}".split(",")))
        begin, others = rf"(?<!{DIGIT})(?<!{DIGIT}[.,'’٬])", _other_currencies(self.currency)
        # Python's patterns look back over a fixed width only.
        before = "".join(rf"(?<!{other})(?<!{other}\s)" for other in others)
        exact = rf"{POINT}{in_any_script(f'{part:02}')}"
        amount = groups + (exact if part else f"(?:{exact})?")
        sign, end = _signs_of(self.currency), rf"(?!{POINT}?{DIGIT})"
        ways = (
            rf"{begin}{amount}{GAP}(?:{sign})(?!{LETTER})",
            rf"(?<!{LETTER})(?:{sign}){GAP}{amount}{end}",
            rf"{before}{begin}{groups}{exact}{end}(?!{GAP}(?:{'|'.join(others)}))",
        )
        return re.compile("|".join(ways), re.IGNORECASE)


def any_money() -> re.Pattern[str]:
    """Find an amount of money in a text, whatever amount: two decimals, or a currency beside it."""
    sign = _signs_of("RUB") + "|" + "|".join(_other_currencies("RUB"))
    return re.compile(
        rf"{DIGIT}{POINT}{DIGIT}{{2}}(?!{DIGIT})"
        rf"|{DIGIT}{GAP}(?:{sign})(?!{LETTER})|(?<!{LETTER})(?:{sign}){GAP}{DIGIT}",
        re.IGNORECASE,
    )


def read_amount(text: str) -> NamedAmount:
    """Read ``1450.00 RUB``."""
    amount, currency = text.split(" ")
    return NamedAmount(int(amount.replace(".", "")), currency)


@lru_cache
def _signs_of(currency: str) -> str:
    """What languages write for a currency, the longest first."""
    written = [sign for sign, known in signs(LOCALES).items() if currency in known.may_be]
    short = (sign for sign in written if " " not in sign)
    return "|".join(map(re.escape, sorted(short, key=len, reverse=True)))


@lru_cache
def _other_currencies(currency: str) -> tuple[str, ...]:
    others = [code for code in COMMON_CODES if code != currency]
    return (*others, *(sign for code, sign in OTHER_SIGNS.items() if code != currency))
