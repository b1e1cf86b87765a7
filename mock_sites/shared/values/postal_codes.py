"""Postal codes, as every address form reads them."""

from __future__ import annotations

import re

from .money import parse_digits, with_plain_separators
from .refusal import Refusal

# No country has shorter or longer ones: 101 in Reykjavik, 20500-0003 in Washington.
SHORTEST, LONGEST = 3, 10
POSTAL_CODE = re.compile(r"[0-9A-Za-z]+(?:[ -][0-9A-Za-z]+)*")


def parse_postal_code(text: str) -> str:
    """The postal code that was typed, in capital letters.

    3 to 10 characters: Latin letters and digits (of any script), with spaces or single dashes
    between them. Raises Refusal ``postal_code.empty`` or ``postal_code.wrong``.
    """
    plain = " ".join(with_plain_separators(parse_digits(text)).split())
    if not plain:
        raise Refusal("postal_code.empty", "postal_code")
    if not (SHORTEST <= len(plain) <= LONGEST and POSTAL_CODE.fullmatch(plain)):
        raise Refusal("postal_code.wrong", "postal_code")
    return plain.upper()
