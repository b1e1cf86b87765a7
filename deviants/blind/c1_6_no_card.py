"""C1.6: without a linked card, Card is ticked and its form is there at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from deviants.blind.c1_3_block import has_a_card, note_after_checkout
from mock_sites.shop.routes import checkout
from mock_sites.vault.routes import current_vault

BLOCK = "payment_methods.html"
FORM = '<fieldset class="new-card">'
IF_CHOSEN = "{% if chosen %}\n      <p>"


def ticked_if(condition: str) -> str:
    """The tick at Save card, where the condition of the page holds."""
    return f"{{% if {condition} %}} checked{{% endif %}}"


TICK = ticked_if("card_form.save_card.data")


@deviant("C1.6", "shop")
def cash_is_ticked_for_who_has_no_card(site: Change) -> None:
    """A buyer without a linked card finds Cash ticked, and not Card."""

    def cash(old: Any) -> Any:
        def filled_in(uid: str) -> Any:
            draft = old(uid)
            return draft if draft.payment or has_a_card() else replace(draft, payment="cash")

        return filled_in

    site.wrap(checkout, "filled_in", cash)


@deviant("C1.6", "shop")
def add_card_stands_beside_the_form(site: Change) -> None:
    """Without a linked card there is Add card as well as the form."""
    button = '<p><button class="second" name="press" value="add-card">{{ _("Add card") }}</button>'
    site.page(BLOCK, FORM, f"{button}</p>{FORM}")


@deviant("C1.6", "shop")
def form_of_the_first_card_is_hidden(site: Change) -> None:
    """Without a linked card the form is in the page, and cannot be seen."""
    hidden = "{% if not cards %} hidden{% endif %}>"
    site.page(BLOCK, FORM, FORM[:-1] + hidden)


@deviant("C1.6", "shop")
def form_is_missing_for_who_had_a_card(site: Change) -> None:
    """After the last card was deleted there is Add card in place of the form."""
    site.page(BLOCK, IF_CHOSEN, "{% if chosen or (session.had_a_card and not cards) %}\n      <p>")
    note_after_checkout(site, "had_a_card", has_a_card)


@deviant("C1.6", "shop")
def tick_is_lost_on_a_mistake_in_the_card(site: Change) -> None:
    """After a mistake in the card the tick at Save card is gone, and Confirm pays at once."""
    site.page(BLOCK, TICK, ticked_if("card_form.save_card.data and not card_form.errors"))


@deviant("C1.6", "vault")
def card_is_gone_after_its_first_payment(site: Change) -> None:
    """A card saved for later purchases is gone after the first one."""

    def forgetting(old: Any) -> Any:
        def pay() -> Any:
            answer, wanted = old(), request.get_json()
            token = wanted["paymentMethod"].get("paymentMethodId")
            if token:
                current_vault.cards.delete(wanted["buyer"]["phone"], [token])
            return answer

        return pay

    site.route("vault_api.pay", forgetting)


@deviant("C1.6", "shop")
def arabic_form_of_the_card_has_no_save_card(site: Change) -> None:
    """The Arabic form has no Save card, so no card can be kept there."""
    label = '<label class="choice"><input type="checkbox"'
    hidden = label.replace("<label", "<label{% if locale().language == 'ar' %} hidden{% endif %}")
    site.page(BLOCK, label, hidden)
