"""The six digits of a message, as a person types them."""

from __future__ import annotations

import re
import unicodedata

from .money import parse_digits
from .refusal import Refusal

# Between two digits may stand one space or one dash, as messages and people group them.
GRAMMAR = re.compile(r"[0-9](?:[ -]?[0-9]){5}")
MINUS = "\N{MINUS SIGN}"


def parse_code(text: str) -> str:
    """The six digits that a person typed: of any script, also in groups.

    Raises Refusal ``code.empty``, or ``code.not-six-digits`` for anything that cannot be a code.
    """
    plain = "".join(map(_plain, parse_digits(text))).strip()
    if not plain:
        raise Refusal("code.empty", "code")
    if not GRAMMAR.fullmatch(plain):
        raise Refusal("code.not-six-digits", "code")
    return plain.replace(" ", "").replace("-", "")


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    dash = character == MINUS or unicodedata.category(character) == "Pd"
    return "-" if dash else character
