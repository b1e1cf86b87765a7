"""C2.3: one card is the main one, which the shop selects; cards are deleted and edited."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shop.routes import checkout, mobile
from mock_sites.vault.domain import links
from mock_sites.vault.domain.cards import CardDetails, Cards


def newest_of(old: Any) -> Any:
    """Select the card that was linked last, and not the main one."""

    def offered(cards: Any, wanted: str | None) -> str:
        return str(old(sorted(cards, key=lambda card: card.position), wanted))

    return offered


@deviant("C2.3", "shop")
def checkout_selects_the_newest_card(site: Change) -> None:
    """The desktop's checkout selects the card that was linked last, and not the main one."""
    site.wrap(checkout, "offered", newest_of)


@deviant("C2.3", "shop")
def phone_selects_the_newest_card(site: Change) -> None:
    """On a phone the card that was linked last is selected, and not the main one."""
    site.wrap(mobile, "offered", newest_of)


@deviant("C2.3", "vault")
def editing_a_card_makes_it_main(site: Change) -> None:
    """A card that is edited becomes the main one."""

    def promoted(old: Any) -> Any:
        def edit(self: Cards, phone: str, token: str, details: CardDetails) -> None:
            old(self, phone, token, details)
            self.make_main(phone, token)

        return edit

    site.wrap(Cards, "edit", promoted)


@deviant("C2.3", "vault")
def another_card_becomes_main_by_itself(site: Change) -> None:
    """A card that is added becomes the main one, although another one was chosen for it."""

    def promoted(old: Any) -> Any:
        def link(self: Cards, phone: str, *rest: Any, **more: Any) -> Any:
            row = old(self, phone, *rest, **more)
            self.make_main(phone, row.token)
            return row

        return link

    site.wrap(Cards, "link", promoted)


@deviant("C2.3", "vault")
def deleting_several_deletes_the_first(site: Change) -> None:
    """Of several cards that are ticked and deleted only one is gone."""
    site.wrap(
        Cards, "delete", lambda old: lambda self, phone, tokens: old(self, phone, list(tokens)[:1])
    )


@deviant("C2.3", "vault")
def deleting_one_deletes_its_brand(site: Change) -> None:
    """Deleting a card deletes every card of its brand."""

    def brand(old: Any) -> Any:
        def delete(self: Cards, phone: str, tokens: Any) -> None:
            own = self.of(phone)
            brands = {card.brand for card in own if card.token in tokens}
            same = [card.token for card in own if card.brand in brands]
            old(self, phone, {*tokens, *same})

        return delete

    site.wrap(Cards, "delete", brand)


@deviant("C2.3", "vault")
def main_card_is_chosen_once(site: Change) -> None:
    """The main card can be changed once; after that the choice has no effect."""
    changed: set[str] = set()

    def once(old: Any) -> Any:
        def make_main(self: Cards, phone: str, token: str) -> None:
            if phone not in changed:
                old(self, phone, token)
            changed.add(phone)

        return make_main

    site.wrap(Cards, "make_main", once)


@deviant("C2.3", "vault")
def editing_one_card_edits_all(site: Change) -> None:
    """A holder's name that is edited on one card changes on all of them."""

    def all_of_them(old: Any) -> Any:
        def edit(self: Cards, phone: str, token: str, details: CardDetails) -> None:
            old(self, phone, token, details)
            with self.upkeep.transaction() as session:
                for card in links.cards_of(session, phone):
                    card.holder = details.holder

        return edit

    site.wrap(Cards, "edit", all_of_them)


@deviant("C2.3", "vault")
def no_card_is_main_after_the_main_one_is_deleted(site: Change) -> None:
    """After the main card is deleted none of the others is the main one."""
    site.rule(links, "name_successor", lambda session, phone, now: None)


@deviant("C2.3", "vault")
def edited_expiry_is_not_kept(site: Change) -> None:
    """Of an edited card the name is kept, and the expiry stays the old one."""

    def name_only(old: Any) -> Any:
        def edit(self: Cards, phone: str, token: str, details: CardDetails) -> None:
            old(self, phone, token, replace(details, expiry=self.get(phone, token).expiry))

        return edit

    site.wrap(Cards, "edit", name_only)


@deviant("C2.3", "vault")
def add_card_is_missing_with_three_cards(site: Change) -> None:
    """With three cards there is no Add card any more."""
    form = '<form class="below" method="get" action="{{ url_for(\'cards.add\') }}">'
    site.page("cards.html", form, form[:-1] + "{% if cards | length > 2 %} hidden{% endif %}>")
