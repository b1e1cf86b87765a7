"""Chooses the field of a form that gets the focus: the first that needs attention."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wtforms import Field

# Never written into a page again, so that they are empty there whatever was typed.
NEVER_SHOWN_AGAIN = {"card_number", "security_code", "code", "password"}


def first_wrong(fields: Iterable[Field]) -> Field | None:
    """The first of these fields, given in reading order, that has an error."""
    return next((field for field in fields if field.errors), None)


def first_to_fill(fields: Sequence[Field]) -> Field | None:
    """The first of these needed fields that has an error, else the first empty one."""
    return first_wrong(fields) or next((field for field in fields if _is_empty(field)), None)


def _is_empty(field: Field) -> bool:
    return field.short_name in NEVER_SHOWN_AGAIN or not str(field.data or "").strip()
