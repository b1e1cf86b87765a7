"""Values in the text of a step, and how they are recognised on a page in any language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import parse
from pytest_bdd import parsers

# What languages write between thousands: nothing, a comma, a point, a space, an apostrophe.
BETWEEN_THOUSANDS = r"[,.'’\s\u00a0\u202f]?"
POINT = r"[.,٫]"
QUOTED_FIELD = re.compile(r'"\{(\w+)\}"')


@dataclass(frozen=True)
class Money:
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
        """Finds the amount in a text of any language; the sign of the currency is left open."""
        whole, part = divmod(self.minor, 100)
        groups = f"{whole:,}".split(",")
        return re.compile(rf"(?<!\d){BETWEEN_THOUSANDS.join(groups)}{POINT}{part:02}(?!\d)")


@parse.with_pattern(r"\d+\.\d\d [A-Z]{3}")
def money(text: str) -> Money:
    """Read ``1450.00 RUB``."""
    amount, currency = text.split(" ")
    return Money(int(amount.replace(".", "")), currency)


@parse.with_pattern(r"\d+ (?:seconds|minutes|hours)")
def span(text: str) -> timedelta:
    """Read ``15 minutes``."""
    number, unit = text.split(" ")
    return timedelta(**{unit: int(number)})


@parse.with_pattern(r'[^"]*')
def quoted(text: str) -> str:
    """Read what stands between quotes, which may be nothing."""
    return text


@parse.with_pattern(r"\d+")
def count(text: str) -> int:
    """Read a whole number."""
    return int(text)


@parse.with_pattern("wallet|shop|vault")
def site(text: str) -> str:
    """Read the name of a site."""
    return text


@parse.with_pattern(
    "is lost again and again|is lost|comes twice|is overtaken by another|carries a wrong signature"
)
def mishap(text: str) -> str:
    """Read what happens to something on its way."""
    return text


@parse.with_pattern(
    "is down|answers with an error|answers half|breaks off after its work|is too slow"
)
def failure(text: str) -> str:
    """Read how a site fails."""
    return text


TYPES = {
    "Site": site,
    "Mishap": mishap,
    "Failure": failure,
    "Money": money,
    "Count": count,
    "Span": span,
    "Text": quoted,
}


def sentence(text: str) -> parsers.parse:
    """A step's sentence, in which ``{m:Money}`` and ``{n:Count}`` mean the same everywhere.

    What stands in quotes ends at the next quote, and may be nothing: ``"{label}"``.
    """
    return parsers.parse(QUOTED_FIELD.sub(r'"{\1:Text}"', text), extra_types=TYPES)
