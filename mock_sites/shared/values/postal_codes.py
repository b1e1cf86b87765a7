"""Postal codes, as both address forms read them."""

from __future__ import annotations

import re

from .money import parse_digits, with_plain_separators
from .refusal import Refusal

POSTAL_CODE = re.compile(r"[0-9A-Za-z]+(?:[ -][0-9A-Za-z]+)*")


def parse_postal_code(text: str, shortest: int, longest: int) -> str:
    """The postal code that was typed, in capital letters.

    Latin letters and digits (of any script), with spaces or single dashes between them;
    ``shortest`` to ``longest`` characters. Raises Refusal ``postal_code.empty`` or
    ``postal_code.wrong``.
    """
    plain = " ".join(with_plain_separators(parse_digits(text)).split())
    if not plain:
        raise Refusal("postal_code.empty", "postal_code")
    if not (shortest <= len(plain) <= longest and POSTAL_CODE.fullmatch(plain)):
        raise Refusal("postal_code.wrong", "postal_code")
    return plain.upper()
