"""The rules for every text that is typed or sent: readable, and no card number.

A text is readable without control characters, halves of characters (surrogates) and the sign
that stands for bytes which were no UTF-8. Lines may be broken and tabs may stand in it.
"""

from __future__ import annotations

import unicodedata

from .card_number_detection import holds_card_number, refuse_card_number
from .refusal import Refusal

LINE_SIGNS = "\t\n\r"
UNREADABLE = ("Cc", "Cs")


def refuse_unusable(text: str, field: str | None = None) -> None:
    """Raise Refusal ``text.unreadable`` or ``text.card-number`` for a text that nobody keeps."""
    refuse_unreadable(text, field)
    refuse_card_number(text, field)


def refuse_unreadable(text: str, field: str | None = None) -> None:
    """Raise Refusal ``text.unreadable`` for what could not be written down and read again."""
    if not is_readable(text):
        raise Refusal("text.unreadable", field)


def is_usable(text: str) -> bool:
    """Whether ``text`` may be kept; for callers that do not explain why not."""
    return is_readable(text) and not holds_card_number(text)


def is_readable(text: str) -> bool:
    """Whether every character of ``text`` can be kept, shown and read again."""
    return all(map(_is_readable, text))


def _is_readable(character: str) -> bool:
    if character in LINE_SIGNS:
        return True
    unreadable = unicodedata.category(character) in UNREADABLE
    return not unreadable and character != "\N{REPLACEMENT CHARACTER}"
