"""C2, a second time: linking a card through the vault."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from flask import current_app, redirect, session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shop.clients.vault import VaultClient
from mock_sites.shop.domain.cards import Cards as ShopCards
from mock_sites.vault.domain import holds
from mock_sites.vault.domain.cards import Cards

ADD = """<form class="below" method="get" action="{{ url_for('cards.add') }}">\
<button>{{ _("Add card") }}</button></form>"""
CHECKED = '{% for card in cards if card.state == "CHECKING" %}'
CODE_FIELD = "{{ forms.row(form.security_code,"
SAVE = '<button>{{ _("Save") }}</button>'


@deviant("C2.1", "shop")
def leaving_is_announced_once(site: Change) -> None:
    """The second time Account leads straight to the vault, without a warning."""

    def once(old: Any) -> Any:
        def leaving() -> Any:
            if session.get("was_warned"):
                return redirect(current_app.config["VAULT_URL"] + "/")
            session["was_warned"] = True
            return old()

        return leaving

    site.route("profile.leaving", once)


@deviant("C2.1", "shop")
def account_is_gone_with_a_linked_card(site: Change) -> None:
    """My Alipay has no Account for a buyer who has a linked card."""
    way = '<p><a class="button" href="{{ url_for(\'profile.leaving\') }}">'
    site.page("profile.html", way, way.replace("<a ", "<a{% if cards %} hidden{% endif %} "))


@deviant("C2.1", "shop")
def alipay_is_called_my_cards(site: Change) -> None:
    """The part of the profile that leads to the vault is not called My Alipay."""
    site.page("profile.html", '{{ _("My Alipay") }}', '{{ _("Linked cards") }}')


@deviant("C2.2", "vault")
def vault_offers_no_russian(site: Change) -> None:
    """The vault does not offer Russian among its languages."""
    items = "in languages.items() %}"
    site.page("languages.html", items, 'in languages.items() if language != "ru" %}')


@deviant("C2.2", "vault")
def icon_waits_for_a_first_card(site: Change) -> None:
    """A buyer without a card finds no bank-card icon on the home page."""
    site.page("home.html", "  <li><a ", "  <li{% if not cards %} hidden{% endif %}><a ")


@deviant("C2.3", "vault")
def only_one_of_several_is_deleted(site: Change) -> None:
    """Of several cards that are deleted together only the first goes."""

    def fewer(old: Any) -> Any:
        def delete(self: Cards, phone: str, tokens: Collection[str]) -> None:
            old(self, phone, list(tokens)[:1])

        return delete

    site.wrap(Cards, "delete", fewer)


@deviant("C2.3", "vault")
def main_card_is_changed_once(site: Change) -> None:
    """The main card can be set once; set again in the same visit it stays the one it is."""

    def once(old: Any) -> Any:
        def make_main(self: Cards, phone: str, token: str) -> None:
            if not session.get("main_was_set"):
                old(self, phone, token)
            session["main_was_set"] = True

        return make_main

    site.wrap(Cards, "make_main", once)


@deviant("C2.3", "vault")
def edit_changes_the_newest_card(site: Change) -> None:
    """Whichever card is edited, the new holder and address go to the newest one."""

    def astray(old: Any) -> Any:
        def edit(self: Cards, phone: str, token: str, details: Any) -> None:
            cards = self.of(phone)
            old(self, phone, cards[0].token if cards else token, details)

        return edit

    site.wrap(Cards, "edit", astray)


@deviant("C2.3", "vault")
def no_card_is_added_while_one_is_checked(site: Change) -> None:
    """While a card is being checked the page has no Add card."""
    checked = '{% if not cards | selectattr("state", "equalto", "CHECKING") | list %}'
    site.page("cards.html", ADD, f"{checked}{ADD}{{% endif %}}")


@deviant("C2.4", "vault")
def form_has_no_field_for_the_code(site: Change) -> None:
    """The form of a new card has no field for the security code, so it is refused for ever."""
    hidden = "{% if false %}{{ forms.row(form.security_code,"
    end = 'autocomplete="cc-csc", dir="ltr") }}'
    site.page("new_card.html", CODE_FIELD, hidden)
    site.page("new_card.html", end, end + "{% endif %}")


@deviant("C2.4", "vault")
def expiry_is_lost_from_a_refused_form(site: Change) -> None:
    """A refused form comes back without the field for the expiry."""
    row, end = "{{ forms.row(form.expiry,", 'autocomplete="cc-exp", dir="ltr") }}'
    site.page("new_card.html", row, "{% if not form.errors %}" + row)
    site.page("new_card.html", end, end + "{% endif %}")


@deviant("C2.5", "vault")
def only_the_newest_check_is_told(site: Change) -> None:
    """With two cards being checked, the held cent of the newest alone is told."""
    fewer = '{% for card in (cards | selectattr("state", "equalto", "CHECKING") | list)[:1] %}'
    site.page("cards.html", CHECKED, fewer)


@deviant("C2.5", "vault")
def cent_is_held_for_two_days(site: Change) -> None:
    """The cent is held for two days, and the link is not final before."""
    site.rule(holds, "HELD_FOR", timedelta(hours=48))


@deviant("C2.5", "vault")
def save_is_called_confirm(site: Change) -> None:
    """The form of a new card is ended by Confirm; there is no Save."""
    site.page("new_card.html", SAVE, '<button>{{ _("Confirm") }}</button>')


@deviant("C2.6", "shop")
def shop_knows_one_card_of_several(site: Change) -> None:
    """Of several cards that were linked in the vault the shop shows one."""

    def first(old: Any) -> Any:
        def cards(self: VaultClient, phone: str) -> Any:
            return old(self, phone)[:1]

        return cards

    site.wrap(VaultClient, "cards", first)


@deviant("C2.6", "shop")
def second_linked_card_does_not_appear(site: Change) -> None:
    """A shop that knows a card already does not show another one linked in the vault."""

    def lazy(old: Any) -> Any:
        def refresh(self: ShopCards, customer: Any, was_due_at: Any = None) -> Any:
            return bool(self.known(customer.id)) or old(self, customer, was_due_at)

        return refresh

    site.wrap(ShopCards, "refresh", lazy)
