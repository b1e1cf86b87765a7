"""The delivery address: where an order goes, and what may be typed for it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from mock_sites.money import typed_digits
from mock_sites.people import typed_phone
from mock_sites.refusal import Refusal

LONGEST_RECIPIENT = 100
LONGEST_CITY = 100
LONGEST_STREET = 200
POSTAL_CODE = re.compile(r"[A-Z0-9](?:[A-Z0-9 -]{1,8})[A-Z0-9]")


@dataclass(frozen=True)
class Address:
    """Who receives an order, and where. ``phone`` is in E.164."""

    recipient: str
    phone: str
    city: str
    street: str
    postal_code: str


def typed_address(recipient: str, phone: str, city: str, street: str, postal_code: str) -> Address:
    """The address that a person typed. Raises Refusal with the field that is wrong."""
    return Address(
        recipient=typed_recipient(recipient),
        phone=typed_phone(phone),
        city=typed_city(city),
        street=typed_street(street),
        postal_code=typed_postal_code(postal_code),
    )


def typed_recipient(text: str) -> str:
    """A name in any script. Raises Refusal ``recipient.empty`` or as :func:`_line`."""
    return _line(text, "recipient", LONGEST_RECIPIENT)


def typed_city(text: str) -> str:
    """A city. Raises Refusal ``city.empty`` or as :func:`_line`."""
    return _line(text, "city", LONGEST_CITY)


def typed_street(text: str) -> str:
    """Street, house and flat. Raises Refusal ``street.empty`` or as :func:`_line`."""
    return _line(text, "street", LONGEST_STREET)


def typed_postal_code(text: str) -> str:
    """A postal code of 3 to 10 letters and digits, in digits of any script.

    Raises Refusal ``postal_code.empty`` or ``postal_code.wrong``.
    """
    code = typed_digits(" ".join(text.split())).upper()
    if not code:
        raise Refusal("postal_code.empty", "postal_code")
    if POSTAL_CODE.fullmatch(code) is None:
        raise Refusal("postal_code.wrong", "postal_code")
    return code


def _line(text: str, field: str, longest: int) -> str:
    """One line of text. Raises Refusal ``….empty``, ``text.too-long`` or ``text.unreadable``."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    if not line:
        raise Refusal(f"{field}.empty", field)
    if len(line) > longest:
        raise Refusal("text.too-long", field, limit=longest)
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in line):
        raise Refusal("text.unreadable", field)
    return line
