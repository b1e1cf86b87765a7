"""C2, linking a card in the vault: wrong in another tab, for another card, after a change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask, session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shop.domain.cards import Cards as CardsOfShop
from mock_sites.shop.domain.vault_messages import BuyerCard
from mock_sites.vault.domain.billing import Billing
from mock_sites.vault.domain.cards import CardDetails, Cards
from mock_sites.vault.domain.links import cards_of, own_card, set_billing, set_main
from mock_sites.vault.store import CardRow

CHECKED = '  {% for card in cards if card.state == "CHECKING" %}'


@deviant("C2.1", "shop")
def advice_on_expired_cards_leaves_at_once(site: Change) -> None:
    """Manage cards, beside the advice on an expired card, opens the vault without a warning."""
    site.page("card_words.html", "{{ url_for('profile.leaving') }}", "{{ config.VAULT_URL }}/")


@deviant("C2.2", "vault")
def language_is_lost_with_the_main_card(site: Change) -> None:
    """Setting the main card brings the page back into the language of the browser."""

    def forgetting(make_main: Callable[..., Any]) -> Callable[..., Any]:
        def view(**of_path: str) -> Any:
            session.pop("language", None)
            return make_main(**of_path)

        return view

    site.route("cards.make_main", forgetting)


@deviant("C2.3", "vault")
def main_card_set_twice_is_main_no_more(site: Change) -> None:
    """Set as main, sent once more from an old page, hands the mark on to another card."""

    def made(make_main: Callable[..., None]) -> Callable[..., None]:
        def toggle(self: Cards, phone: str, token: str) -> None:
            with self.upkeep.transaction() as rows:
                card = own_card(rows, phone, token)
                others = [one for one in cards_of(rows, phone) if one.token != token]
                if card.main and others:
                    set_main(rows, others[0])
                    return
            make_main(self, phone, token)

        return toggle

    site.wrap(Cards, "make_main", made)


@deviant("C2.3", "vault")
def main_card_survives_among_several(site: Change) -> None:
    """If the main card is deleted together with others, it alone stays."""

    def deleted(delete: Callable[..., None]) -> Callable[..., None]:
        def all_but_main(self: Cards, phone: str, tokens: Sequence[str]) -> None:
            main = [card.token for card in self.of(phone) if card.main]
            spared = main if len(tokens) > 1 else []
            delete(self, phone, [token for token in tokens if token not in spared])

        return all_but_main

    site.wrap(Cards, "delete", deleted)


@deviant("C2.4", "vault")
def address_of_a_new_card_replaces_the_others(site: Change) -> None:
    """The billing address that is entered for a new card becomes that of all cards."""

    def linked(link: Callable[..., CardRow]) -> Callable[..., CardRow]:
        def everywhere(
            self: Cards, phone: str, card: Any, billing: Billing | None = None, *more: Any
        ) -> CardRow:
            row = link(self, phone, card, billing, *more)
            if billing is not None:
                with self.upkeep.transaction() as rows:
                    for one in cards_of(rows, phone):
                        set_billing(one, billing)
            return row

        return everywhere

    site.wrap(Cards, "link", linked)


@deviant("C2.5", "vault")
def edited_card_tells_of_no_cent(site: Change) -> None:
    """Once a card was edited, nothing says below that a cent is still held on it."""
    edited: set[str] = set()

    def noting(edit: Callable[..., None]) -> Callable[..., None]:
        def changed(self: Cards, phone: str, token: str, details: CardDetails) -> None:
            edit(self, phone, token, details)
            edited.add(token)

        return changed

    def add(app: Flask) -> None:
        app.jinja_env.globals["was_edited"] = edited.__contains__

    site.wrap(Cards, "edit", noting)
    site.app(add)
    site.page("cards.html", CHECKED, CHECKED.replace(" %}", " and not was_edited(card.token) %}"))


@deviant("C2.5", "vault")
def every_notice_names_the_newest_card(site: Change) -> None:
    """With two cents held, both notices name the card that was linked last."""
    held = "kopek=card.hold.money | money, card=show.name("
    site.page("cards.html", f"{held}card)", f"{held}cards[0])")


@deviant("C2.6", "shop")
def card_that_was_gone_never_comes_back(site: Change) -> None:
    """A card that was deleted once does not appear in the shop when it is linked again."""
    seen: dict[int, set[str]] = {}

    def facts(card: BuyerCard) -> str:
        return f"{card.brand} {card.masked_number[-4:]}"

    def kept(keep: Callable[..., None]) -> Callable[..., None]:
        def without_gone(
            self: CardsOfShop, customer_id: int, listed: Sequence[BuyerCard], *more: Any
        ) -> None:
            now = {facts(card) for card in listed}
            known = {f"{card.brand} {card.last_four}" for card in self.known(customer_id)}
            gone = seen.setdefault(customer_id, set())
            gone |= known - now
            left = [card for card in listed if facts(card) not in gone]
            keep(self, customer_id, left, *more)

        return without_gone

    site.wrap(CardsOfShop, "keep", kept)
