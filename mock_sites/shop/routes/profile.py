"""The buyer's profile, and the way from it to the vault (C2.1, C2.6)."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from ...shared.web.sign_in import require_sign_in, signed_in_person
from . import current_shop

pages = Blueprint("profile", __name__, url_prefix="/profile")
require_sign_in(pages)


@pages.get("")
def profile() -> str:
    customer = signed_in_person()
    answered = current_shop.cards.refresh(customer)
    cards = current_shop.cards.known(customer.id)
    return render_template(
        "profile.html", customer=customer, cards=cards, cards_are_current=answered
    )


@pages.get("/alipay")
def leaving() -> str:
    return render_template("leaving.html", vault_url=current_app.config["VAULT_URL"])
