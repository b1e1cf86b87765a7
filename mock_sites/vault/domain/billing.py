"""The billing address of a card (C2.4): where its issuer sends the bills."""

from __future__ import annotations

import re
from dataclasses import dataclass

from babel import Locale

from mock_sites.cards import holds_card_number
from mock_sites.money import typed_digits
from mock_sites.refusal import Refusal
from mock_sites.vault.store import LONGEST_ADDRESS, LONGEST_POSTAL_CODE

# ISO 3166 letters; what CLDR adds to them for the world, unions and tests is no country.
NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
COUNTRIES = frozenset(
    code
    for code in map(str, Locale("en").territories)
    if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
)
POSTAL_CODE = re.compile(r"[0-9A-Z][0-9A-Z -]*", re.ASCII)


@dataclass(frozen=True)
class Billing:
    """A billing address; ``country`` in ISO 3166's two letters."""

    country: str
    postal_code: str
    address: str


def typed_country(text: str) -> str:
    """The country that was chosen. Raises Refusal ``country.empty`` or ``country.unknown``."""
    if not text:
        raise Refusal("country.empty", "country")
    if text not in COUNTRIES:
        raise Refusal("country.unknown", "country")
    return text


def typed_postal_code(text: str) -> str:
    """The postal code that was typed, in digits of any script.

    Raises Refusal ``postal_code.empty`` or ``postal_code.wrong``: only Latin letters, figures,
    blanks and dashes stand in postal codes, twelve characters at most.
    """
    plain = " ".join(typed_digits(text).upper().split())
    if not plain:
        raise Refusal("postal_code.empty", "postal_code")
    if len(plain) > LONGEST_POSTAL_CODE or not POSTAL_CODE.fullmatch(plain):
        raise Refusal("postal_code.wrong", "postal_code")
    return plain


def typed_address(text: str) -> str:
    """The address that was typed, in any script.

    Raises Refusal ``address.empty``, ``address.too-long``, or ``address.card-number`` where a
    card number was typed into the wrong field: it would be kept and shown.
    """
    plain = " ".join(text.split())
    if not plain:
        raise Refusal("address.empty", "address")
    if len(plain) > LONGEST_ADDRESS:
        raise Refusal("address.too-long", "address", limit=LONGEST_ADDRESS)
    if holds_card_number(plain):
        raise Refusal("address.card-number", "address")
    return plain
