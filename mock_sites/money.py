"""Money: whole minor units of a currency, read from what people type and written for them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from babel.numbers import format_currency, get_currency_precision

from mock_sites.refusal import Refusal

# The Arabic decimal separator and the comma of most of Europe mean the point. The Arabic
# thousands separator can mean nothing else, while an English one could be that comma.
SEPARATORS = str.maketrans(
    {",": ".", "\N{ARABIC DECIMAL SEPARATOR}": ".", "\N{ARABIC THOUSANDS SEPARATOR}": None}
)
# Unicode's marks of direction: nobody sees them, but they are copied along with a number.
DIRECTIONS = ("L", "R", "AL", "LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI")
LONGEST_AMOUNT = 20


@dataclass(frozen=True, order=True)
class Money:
    """An amount in minor units (kopecks, cents) of a currency named by its ISO 4217 letters."""

    minor: int
    currency: str

    @property
    def value(self) -> Decimal:
        """The amount in major units, exact: ``Decimal("150.00")``."""
        digits = get_currency_precision(self.currency)
        return Decimal(self.minor).scaleb(-digits).quantize(Decimal(1).scaleb(-digits))

    def words(self, locale: str) -> str:
        """The amount as a reader of ``locale`` writes it, with the currency's sign."""
        return format_currency(self.value, self.currency, locale=locale)

    def __str__(self) -> str:
        return f"{self.value} {self.currency}"


def typed_digits(text: str) -> str:
    """``text`` with the decimal digits of every script (Arabic-Indic, Persian…) as 0 to 9.

    The marks of direction that are copied along from a right-to-left page are left out.
    """
    return "".join(_digit(character) for character in text if not _only_directs(character))


def _only_directs(character: str) -> bool:
    return (
        unicodedata.category(character) == "Cf"
        and unicodedata.bidirectional(character) in DIRECTIONS
    )


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def typed_amount(text: str, currency: str, field: str = "amount") -> Money:
    """The money that a person typed, with a comma or a point, in digits of any script.

    Raises Refusal: ``amount.empty``, ``amount.not-a-number``, ``amount.too-precise`` (more
    decimals than the currency has) or ``amount.not-positive``.
    """
    plain = "".join(typed_digits(text).translate(SEPARATORS).split())
    if not plain:
        raise Refusal("amount.empty", field)
    value = _decimal(plain, field)
    minor = value.scaleb(get_currency_precision(currency))
    if minor != minor.to_integral_value():
        raise Refusal("amount.too-precise", field, decimals=get_currency_precision(currency))
    if minor <= 0:
        raise Refusal("amount.not-positive", field)
    return Money(int(minor), currency)


def _decimal(plain: str, field: str) -> Decimal:
    # Decimal itself would take "1e3", "NaN" and "1_000", which no buyer means.
    if len(plain) > LONGEST_AMOUNT or set(plain) - set("+-.0123456789"):
        raise Refusal("amount.not-a-number", field)
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise Refusal("amount.not-a-number", field) from None
