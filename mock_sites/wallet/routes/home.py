"""The home page, and the history of payments with their receipts."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask_login import login_required

from mock_sites.sign_in import signed_in_person
from mock_sites.wallet.domain.bills import Bills
from mock_sites.wallet.domain.buyers import Buyers
from mock_sites.wallet.domain.payments import Payments

RECENT = 5


def pages(buyers: Buyers, payments: Payments, bills: Bills) -> Blueprint:
    """The routes."""
    home = Blueprint("home", __name__)

    @home.get("/")
    @login_required
    def index() -> str:
        buyer = signed_in_person()
        return render_template(
            "home.html",
            balances=buyers.balances(buyer),
            payments=payments.history(buyer, RECENT),
            unpaid=bills.unpaid(buyer),
        )

    @home.get("/history")
    @login_required
    def history() -> str:
        return render_template("history.html", payments=payments.history(signed_in_person()))

    return home
