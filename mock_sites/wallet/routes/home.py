"""The home page, and the history of what came and went, with the receipts of payments."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import login_required

from ...shared.web.sign_in import signed_in_person
from ..domain.wallet import Wallet

RECENT = 5


def pages(wallet: Wallet) -> Blueprint:
    """The routes."""
    home = Blueprint("home", __name__)

    @home.get("/")
    @login_required
    def index() -> str:
        buyer = signed_in_person()
        return render_template(
            "home.html",
            balances=wallet.buyers.balances(buyer),
            entries=wallet.history.of(buyer, RECENT),
            unpaid=wallet.bills.unpaid(buyer),
        )

    @home.get("/history")
    @login_required
    def history() -> str:
        return render_template("history.html", entries=wallet.history.of(signed_in_person()))

    return home
