"""The buyer's profile, and the way from it to the vault (C2.1, C2.6)."""

from __future__ import annotations

from flask import Blueprint, render_template

from ...shared.web.sign_in import signed_in_person
from ..domain.shop import Shop
from . import ask_strangers_to_sign_in


def profile_pages(shop: Shop, vault_url: str) -> Blueprint:
    """The profile; ``vault_url`` is where browsers find the vault."""
    pages = Blueprint("profile", __name__, url_prefix="/profile")
    pages.before_request(ask_strangers_to_sign_in)

    @pages.get("")
    def profile() -> str:
        customer = signed_in_person()
        answered = shop.cards.refresh(customer)
        cards = shop.cards.known(customer.id)
        return render_template(
            "profile.html", customer=customer, cards=cards, cards_are_current=answered
        )

    @pages.get("/alipay")
    def leaving() -> str:
        return render_template("leaving.html", vault_url=vault_url)

    return pages
