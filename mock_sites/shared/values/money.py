"""Money: whole minor units of a currency, read from what people type and written for them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency, get_currency_precision

from .refusal import Refusal

# What may stand between thousands, besides any space: it can mean nothing else.
ARABIC_THOUSANDS = "\N{ARABIC THOUSANDS SEPARATOR}"
DECIMAL_SIGNS = ".,\N{ARABIC DECIMAL SEPARATOR}"
MINUS_SIGNS = "-\N{MINUS SIGN}"
# Digits, or groups of three with one kind of sign between them; then the decimals.
AMOUNT = re.compile(
    rf"(?P<whole>[0-9]+|[1-9][0-9]{{0,2}}(?P<sign>[ {ARABIC_THOUSANDS}])[0-9]{{3}}"
    rf"(?:(?P=sign)[0-9]{{3}})*)(?:[{DECIMAL_SIGNS}](?P<decimals>[0-9]+))?"
)
# A comma or point that could stand between thousands as well as before decimals.
AMBIGUOUS_AMOUNT = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{2,3})*[.,][0-9]{3}(?:[.,][0-9]+)?")
# In a currency of three decimals the point before three digits is that of the decimals.
THREE_DECIMALS = re.compile(r"[0-9]+\.[0-9]{3}")
# Unicode's marks of direction: nobody sees them, but they are copied along with a number.
DIRECTIONS = ("L", "R", "AL", "LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI")
LONGEST_AMOUNT = 20
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
RIGHT_TO_LEFT, LEFT_TO_RIGHT = "\N{RIGHT-TO-LEFT MARK}", "\N{LEFT-TO-RIGHT MARK}"
CODE_BEFORE_NUMBER = re.compile(r"[A-Z]{3}(?=[0-9])")
PROTOCOL_DECIMALS = 2
PROTOCOL_AMOUNT = re.compile(r"(?P<whole>[0-9]{1,15})(?:\.(?P<decimals>[0-9]{1,30}))?")


@dataclass(frozen=True, order=True)
class Money:
    """An amount in minor units (kopecks, cents) of a currency named by its ISO 4217 letters."""

    minor: int
    currency: str

    @property
    def value(self) -> Decimal:
        """The amount in major units, exact: ``Decimal("150.00")``."""
        return _in_major_units(self.minor, self.currency)

    def words(self, locale: str, *, signed: bool = False) -> str:
        """The amount as a reader of ``locale`` writes it: ``RUB 1.00``, ``1,00 ₽``.

        Arabic names the currency: ``1.00 روبل روسي``. Parts are joined by no-break spaces.
        ``signed`` puts a plus before what is more than nothing.
        """
        return _written(self.value, self.currency, locale, signed and self.minor > 0)

    def __str__(self) -> str:
        return f"{self.value} {self.currency}"


@lru_cache(1024)
def _in_major_units(minor: int, currency: str) -> Decimal:
    digits = get_currency_precision(currency)
    return Decimal(minor).scaleb(-digits).quantize(Decimal(1).scaleb(-digits))


@lru_cache(1024)
def _written(value: Decimal, currency: str, locale: str, plus: bool) -> str:
    sign = "+" if plus else ""
    if locale.partition("_")[0] == "ar":
        named = format_currency(value, currency, locale=locale, format_type="name")
        # A sign stays to the left of its number, and the currency follows to the left.
        return f"{RIGHT_TO_LEFT}{LEFT_TO_RIGHT}{sign}{named.replace(' ', NO_BREAK_SPACE)}"
    written = format_currency(value, currency, locale=locale)
    # Babel does not separate a code in letters from its number, as CLDR asks.
    return sign + CODE_BEFORE_NUMBER.sub(rf"\g<0>{NO_BREAK_SPACE}", written)


def parse_digits(text: str) -> str:
    """``text`` with the decimal digits of every script (Arabic-Indic, Persian…) as 0 to 9.

    The marks of direction that are copied along from a right-to-left page are left out.
    """
    return "".join(map(_digit, without_direction_marks(text)))


def without_direction_marks(text: str) -> str:
    """``text`` without the marks that are copied along from a right-to-left page."""
    return "".join(character for character in text if not _only_directs(character))


def with_plain_separators(text: str) -> str:
    """``text`` with a plain space for every kind of space, and a hyphen for every dash."""
    plain = {"Zs": " ", "Pd": "-"}
    return "".join(plain.get(unicodedata.category(each), each) for each in text)


def _only_directs(character: str) -> bool:
    return (
        unicodedata.category(character) == "Cf"
        and unicodedata.bidirectional(character) in DIRECTIONS
    )


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def parse_amount(text: str, currency: str, field: str = "amount") -> Money:
    """The money that a person typed: ``150``, ``1 000,50`` or ``١٬٢٣٤٫٥٠``.

    Digits of any script; thousands in groups of three with spaces (or the Arabic sign) between
    them, or in one piece; a comma, a point or the Arabic sign before the decimals. No sign, no
    letters, no currency. Raises Refusal: ``amount.empty``, ``amount.not-a-number``,
    ``amount.ambiguous`` (``1,000`` and ``1,000.00`` could mean two amounts; in a currency of three
    decimals ``1.000`` means one),
    ``amount.too-precise`` (more decimals than the currency has) or ``amount.not-positive``.
    """
    plain = with_plain_separators(parse_digits(text).strip())
    if not plain:
        raise Refusal("amount.empty", field)
    digits = get_currency_precision(currency)
    if AMBIGUOUS_AMOUNT.fullmatch(plain) and not (digits == 3 and THREE_DECIMALS.fullmatch(plain)):
        raise Refusal("amount.ambiguous", field)
    found = AMOUNT.fullmatch(plain.lstrip(MINUS_SIGNS) if _is_negative(plain) else plain)
    if found is None or len(plain) > LONGEST_AMOUNT:
        raise Refusal("amount.not-a-number", field)
    decimals = found["decimals"] or ""
    if decimals[digits:].strip("0"):
        raise Refusal("amount.too-precise", field, decimals=digits)
    whole = found["whole"].replace(found["sign"] or " ", "")
    minor = int(whole + decimals[:digits].ljust(digits, "0"))
    if _is_negative(plain) or not minor:
        raise Refusal("amount.not-positive", field)
    return Money(minor, currency)


def protocol_amount(text: str, currency: str) -> Money:
    """The money in a protocol's value: ASCII digits, and a point before decimals if there are any.

    Decimals that the currency does not have are cut: the bill protocol rounds down. Raises
    ValueError for any other text: a sign, an exponent, a space, ``10.`` and ``.5`` too.
    """
    found = PROTOCOL_AMOUNT.fullmatch(text)
    if found is None:
        raise ValueError("write digits, with a point before the decimals")
    digits = get_currency_precision(currency)
    decimals = (found["decimals"] or "")[:digits].ljust(digits, "0")
    return Money(int(found["whole"] + decimals), currency)


def _is_negative(plain: str) -> bool:
    return plain[0] in MINUS_SIGNS and plain[1:2] not in MINUS_SIGNS


def protocol_value(value: Decimal, currency: str) -> str:
    """An amount in major units as a protocol writes it: ``200.34``.

    Two decimals in every currency, as the bill protocol has them, and three where a currency has
    three: else amounts that differ would look, and be signed, as the same.
    """
    return f"{value:.{max(PROTOCOL_DECIMALS, get_currency_precision(currency))}f}"
