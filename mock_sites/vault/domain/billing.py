"""The billing address of a card (C2.4): where its issuer sends the bills."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale

from ...shared.values.refusal import Refusal
from ...shared.values.text_rules import refuse_unusable
from ..store import LONGEST_ADDRESS

# ISO 3166 letters; what CLDR adds to them for the world, unions and tests is no country.
NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
COUNTRIES = frozenset(
    code
    for code in map(str, Locale("en").territories)
    if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
)


@dataclass(frozen=True)
class Billing:
    """A billing address; ``country`` in ISO 3166's two letters."""

    country: str
    postal_code: str
    address: str


def parse_country(text: str) -> str:
    """The country that was chosen. Raises Refusal ``country.empty`` or ``country.unknown``."""
    if not text:
        raise Refusal("country.empty", "country")
    if text not in COUNTRIES:
        raise Refusal("country.unknown", "country")
    return text


def parse_address(text: str) -> str:
    """The address that was typed, in any script.

    Raises Refusal ``address.empty``, ``text.too-long``, or as :func:`refuse_unusable`.
    """
    refuse_unusable(text, "address")
    plain = " ".join(text.split())
    if not plain:
        raise Refusal("address.empty", "address")
    if len(plain) > LONGEST_ADDRESS:
        raise Refusal("text.too-long", "address", limit=LONGEST_ADDRESS)
    return plain
