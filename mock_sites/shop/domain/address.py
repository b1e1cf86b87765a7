"""The delivery address: where an order goes, and what may be typed for it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from ...shared.accounts.people import parse_phone
from ...shared.values.postal_codes import parse_postal_code
from ...shared.values.refusal import Refusal
from ...shared.values.text_rules import refuse_unusable

LONGEST_RECIPIENT = 100
LONGEST_CITY = 100
LONGEST_STREET = 200


@dataclass(frozen=True)
class Address:
    """The recipient and the address of an order. ``phone`` is in E.164."""

    recipient: str
    phone: str
    city: str
    street: str
    postal_code: str


def parse_address(recipient: str, phone: str, city: str, street: str, postal_code: str) -> Address:
    """The address that a person typed. Raises Refusal with the field that is wrong."""
    return Address(
        recipient=parse_recipient(recipient),
        phone=parse_phone(phone),
        city=parse_city(city),
        street=parse_street(street),
        postal_code=parse_postal_code(postal_code),
    )


def parse_recipient(text: str) -> str:
    """A name in any script. Raises Refusal ``recipient.empty`` or as :func:`parse_line`."""
    return parse_line(text, "recipient", LONGEST_RECIPIENT)


def parse_city(text: str) -> str:
    """A city. Raises Refusal ``city.empty`` or as :func:`parse_line`."""
    return parse_line(text, "city", LONGEST_CITY)


def parse_street(text: str) -> str:
    """Street, house and flat. Raises Refusal ``street.empty`` or as :func:`parse_line`."""
    return parse_line(text, "street", LONGEST_STREET)


def parse_line(text: str, field: str, longest: int) -> str:
    """One line of text. Raises Refusal ``….empty``, ``text.too-long`` or what no text may be."""
    refuse_unusable(text, field)
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if not line:
        raise Refusal(f"{field}.empty", field)
    if len(line) > longest:
        raise Refusal("text.too-long", field, limit=longest)
    return line
