"""C1.4: Card is the selected way to pay, and Add card opens the form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import url_for

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from deviants.blind.circumstances import sends
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shared.web.web import redirect_after_post
from mock_sites.shop.routes import checkout, current_shop
from mock_sites.shop.store import PaymentMethod

BLOCK = "payment_methods.html"
CHECKED = "{% if field.data == choice %} checked"
ADD_CARD = (
    '<p><button class="second" name="press" value="add-card">{{ _("Add card") }}</button></p>'
)


@deviant("C1.4", "shop")
def way_to_pay_of_last_time_is_selected(site: Change) -> None:
    """After an order paid with the wallet the next checkout begins with Online, and not Card."""

    def as_last_time(old: Any) -> Any:
        def filled_in(uid: str) -> Any:
            draft = old(uid)
            orders = current_shop.orders.of_customer(signed_in_person().id)
            by_wallet = orders and orders[0].payment_method == PaymentMethod.QIWI_WALLET
            if draft.payment or not by_wallet:
                return draft
            return replace(draft, payment="online", online_option="qiwi-wallet")

        return filled_in

    site.wrap(checkout, "filled_in", as_last_time)


@deviant("C1.4", "shop")
def add_card_unticks_card(site: Change) -> None:
    """Add card opens the form, and no way to pay is ticked any more."""
    both = "field.data == choice and (chosen or not cards)"
    site.page(BLOCK, CHECKED, CHECKED.replace("field.data == choice", both))


@deviant("C1.4", "shop")
def add_card_confirms_the_order(site: Change) -> None:
    """Add card confirms the order with the card that is linked already."""
    site.page(BLOCK, ADD_CARD, ADD_CARD.replace(' name="press" value="add-card"', ""))


@deviant("C1.4", "shop")
def two_cards_are_the_most(site: Change) -> None:
    """With two linked cards there is no Add card any more."""
    site.page(BLOCK, ADD_CARD, f"{{% if cards | length < 2 %}}{ADD_CARD}{{% endif %}}")


@deviant("C1.4", "shop")
def russian_page_selects_nothing(site: Change) -> None:
    """On the Russian page Card is not selected."""
    hidden = "field.data == choice and not (locale().language == 'ru' and choice == 'card')"
    site.page(BLOCK, CHECKED, CHECKED.replace("field.data == choice", hidden))


@deviant("C1.4", "shop")
def add_card_leads_out_of_the_checkout(site: Change) -> None:
    """Add card leads to the warning before the vault, and not to a form in the checkout."""

    def leading_out(old: Any) -> Any:
        def send(uid: str) -> Any:
            if sends("add-card"):
                return redirect_after_post(url_for("profile.leaving"))
            return old(uid)

        return send

    site.route("checkout.send", leading_out)


@deviant("C1.4", "shop")
def add_card_works_once(site: Change) -> None:
    """Add card pressed a second time, after going back, shows no form."""

    def once(old: Any) -> Any:
        def send(uid: str) -> Any:
            if not sends("add-card"):
                return old(uid)
            if uid in pressed:
                return redirect_after_post(url_for("checkout.checkout", uid=uid))
            pressed.add(uid)
            return old(uid)

        return send

    pressed: set[str] = set()
    site.route("checkout.send", once)
