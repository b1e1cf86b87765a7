"""The home page, and the history of what came and went, with the receipts of payments."""

from __future__ import annotations

from flask import Blueprint, render_template

from ...shared.web.sign_in import require_sign_in, signed_in_person
from . import current_wallet

RECENT = 5


pages = Blueprint("home", __name__)
require_sign_in(pages)


@pages.get("/")
def index() -> str:
    overview = current_wallet.overview(signed_in_person(), RECENT)
    return render_template(
        "home.html",
        balances=overview.balances,
        entries=overview.entries,
        unpaid=overview.unpaid,
    )


@pages.get("/history")
def history() -> str:
    return render_template("history.html", entries=current_wallet.history.of(signed_in_person()))
