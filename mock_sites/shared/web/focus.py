"""Chooses where a page with a form begins: at what is wrong, else at the first field to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from wtforms import Field, Form

# Never written into a page again, so that they are empty there whatever was typed.
NEVER_SHOWN_AGAIN = {"card_number", "security_code", "code", "password"}
# The names by which pages are given an error that belongs to no form.
TOLD_BY_NAME = ("error", "earlier_error", "changes", "wrong_search")


@pass_context
def page_has_errors(context: Context) -> bool:
    """Whether the page being written says that something was wrong with the last request."""
    given = context.get_all()
    return any(given.get(name) for name in TOLD_BY_NAME) or any(
        form.errors or form.form_errors for form in _forms_in(given)
    )


@pass_context
def first_to_fill(context: Context, fields: Sequence[Field]) -> Field | None:
    """The first of these needed fields that is empty.

    None if something was wrong: then the page begins at the list of errors (``forms.errors``).
    """
    if page_has_errors(context):
        return None
    return next((field for field in fields if _is_empty(field)), None)


def _forms_in(given: Mapping[str, Any]) -> Iterator[Form]:
    for value in given.values():
        for one in value.values() if isinstance(value, dict) else (value,):
            if isinstance(one, Form):
                yield one


def _is_empty(field: Field) -> bool:
    return field.short_name in NEVER_SHOWN_AGAIN or not str(field.data or "").strip()
