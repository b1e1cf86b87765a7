"""When a deviant goes wrong: on the second visit, on the phone, in one language."""

from __future__ import annotations

from flask import has_request_context, request, session
from flask_babel import get_locale

from mock_sites.shop.routes import device


def seen_before(mark: str) -> bool:
    """Whether this browser was here before; from now on it was."""
    before = bool(session.get(mark))
    session[mark] = True
    return before


def in_language(language: str) -> bool:
    """Whether the page is in this language (``ru``)."""
    return bool(get_locale().language == language)


def on_the_phone() -> bool:
    """Whether a phone has asked for the shop's page."""
    return has_request_context() and device.is_mobile()


def is_ascii_typed(text: str) -> bool:
    """Whether all digits of a text are 0 to 9, and none is of another script."""
    return all(character.isascii() for character in text if character.isdigit())


def sends(value: str) -> bool:
    """Whether the form is sent with the button of this value."""
    return has_request_context() and request.form.get("press") == value
