"""The digits of a message: a new code, and a code as a person types it."""

from __future__ import annotations

import re
import secrets
import unicodedata

from .money import parse_digits
from .refusal import Refusal

DIGITS = 6
MINUS = "\N{MINUS SIGN}"


def new_code() -> str:
    """A code that nobody can guess."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def parse_code(text: str) -> str:
    """The digits that a person typed: of any script, also in groups.

    Raises Refusal ``code.empty``, or ``code.not-six-digits`` for anything that cannot be a code.
    """
    plain = "".join(map(_plain, parse_digits(text))).strip()
    if not plain:
        raise Refusal("code.empty", "code")
    # Between two digits may stand one space or one dash, as messages and people group them.
    if not re.fullmatch(rf"[0-9](?:[ -]?[0-9]){{{DIGITS - 1}}}", plain):
        raise Refusal("code.not-six-digits", "code")
    return plain.replace(" ", "").replace("-", "")


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    dash = character == MINUS or unicodedata.category(character) == "Pd"
    return "-" if dash else character
