"""The home page, with the bank-card icon (C2.2)."""

from __future__ import annotations

from flask import Blueprint, render_template

from ...shared.web.sign_in import require_sign_in, signed_in_person
from . import current_vault

pages = Blueprint("home", __name__)
require_sign_in(pages)


@pages.get("/")
def index() -> str:
    return render_template("home.html", cards=current_vault.cards.of(signed_in_person().phone))
