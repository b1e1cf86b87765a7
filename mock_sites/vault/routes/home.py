"""The home page, with the bank-card icon (C2.2)."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import login_required

from ...shared.web.sign_in import signed_in_person
from ..domain.vault import Vault


def pages(vault: Vault) -> Blueprint:
    """The routes."""
    home = Blueprint("home", __name__)

    @home.get("/")
    @login_required
    def index() -> str:
        return render_template("home.html", cards=vault.cards.of(signed_in_person().phone))

    return home
