"""The shop's pages: HTTP in and out, and nothing else."""

from __future__ import annotations

from flask import current_app
from flask.typing import ResponseReturnValue
from flask_login import current_user


def ask_strangers_to_sign_in() -> ResponseReturnValue | None:
    """Send whoever is not signed in to the sign-in page; a ``before_request`` of a blueprint."""
    if current_user.is_authenticated:
        return None
    answer: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    return answer
