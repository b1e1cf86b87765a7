"""The ids that merchants give their bills and refunds, however they are sent."""

from __future__ import annotations

from ..shared.values.refusal import Refusal
from ..shared.values.text_rules import LINE_SIGNS, refuse_unusable

LONGEST_ID = 200


def parse_id(text: str, field: str) -> str:
    """A merchant's id: 1 to 200 characters, but no slash and no control character.

    A slash would end it in the path of the protocol. Raises Refusal ``id.wrong``,
    ``text.unreadable`` or ``text.card-number`` with the protocol's name of the field.
    """
    refuse_unusable(text, field)
    if not 1 <= len(text) <= LONGEST_ID or set(text) & {"/", *LINE_SIGNS}:
        raise Refusal("id.wrong", field)
    return text
