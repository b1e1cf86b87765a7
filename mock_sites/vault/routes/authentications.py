"""The page to which a buyer comes back from a challenge: it asks how that has ended."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from ...shared.values.refusal import Refusal
from ...shared.web.wording import words_for
from ..authentication_store import WaitState
from . import current_vault

pages = Blueprint("authentications", __name__, url_prefix="/authentications")


@pages.get("/<uid>")
def back(uid: str) -> Response:
    row = current_vault.authentications.conclude(uid)
    if row.state is WaitState.PENDING:
        return redirect(row.challenge_url, 303)
    if row.redirect_url is None and row.refused is not None:
        flash(words_for(Refusal(row.refused)))
    return redirect(row.redirect_url or url_for("cards.index"), 303)
