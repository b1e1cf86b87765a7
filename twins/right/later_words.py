"""New words of later twins, in every language of the sites, and pages for buyers signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app

from mock_sites.shared.web.sign_in import is_signed_in

# Flask's views may also be asynchronous; those of the sites are not.
View = Callable[..., Any]


def said(en: str, ru: str, ar: str) -> str:
    """Return the template code that writes the words of the page's language."""
    words = {"en": en, "ru": ru, "ar": ar}
    return "{{ " + repr(words) + "[locale().language] }}"


def for_signed_in(view: View) -> View:
    """Return the view for those who are signed in; others are asked to sign in."""

    @wraps(view)
    def guarded(**parts: Any) -> Any:
        if is_signed_in():
            return view(**parts)
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]

    return guarded
