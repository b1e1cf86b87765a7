"""Linked cards: not linked at all, forgotten, not managed as the buyer wants."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shop.clients.vault import VaultClient
from mock_sites.shop.domain.cards import Cards as ShopCards
from mock_sites.shop.store import CartLineRow, OrderRow
from mock_sites.vault.domain import links
from mock_sites.vault.domain.cards import Cards
from mock_sites.vault.domain.issuer import Issuer


@deviant("C1.5", "shop", "A saved card is linked")
def card_is_not_linked(site: Change) -> None:
    """The shop takes a card, says that it is linked, and forgets it."""
    site.rule(VaultClient, "link", lambda self, request_id, phone, card: None)


@deviant("C1.6", "shop", "Save card keeps the card for the next purchase")
def card_is_not_offered_again(site: Change) -> None:
    """A linked card is not offered at the next checkout."""
    site.page("payment_methods.html", "      {% if cards %}", "      {% if false %}")


def _only_where(row: Any, there: bool) -> Any:
    """Cards count only for customers who have such a row, or have none."""

    def known(all_known: Any) -> Any:
        def known_to(self: ShopCards, customer_id: int) -> Any:
            own = select(row).where(row.customer_id == customer_id).limit(1)
            with self.database.transaction() as session:
                found = session.scalar(own) is not None
            return all_known(self, customer_id) if found == there else []

        return known_to

    return known


@deviant("C1.7", "shop", "Removing the product from the cart keeps the card linked")
def card_goes_with_the_product(site: Change) -> None:
    """With an empty cart no card is linked any more."""
    site.wrap(ShopCards, "known", _only_where(CartLineRow, there=True))


@deviant("C3.6", "shop", "Removing the product keeps the card linked and orders nothing")
def card_goes_with_the_product_on_the_phone(site: Change) -> None:
    """On the phone, too, an empty cart loses the card."""
    site.wrap(ShopCards, "known", _only_where(CartLineRow, there=True))


@deviant("C3.6", "shop", "Buying keeps the card linked")
def card_goes_with_the_order(site: Change) -> None:
    """Once the buyer has bought, no card is linked any more."""
    site.wrap(ShopCards, "known", _only_where(OrderRow, there=False))


@deviant("C2.3", "vault", "The main card is chosen at the shop's checkout")
def main_card_cannot_be_changed(site: Change) -> None:
    """Set as main changes nothing."""
    site.rule(Cards, "make_main", lambda self, phone, token: None)


@deviant("C2.3", "vault", "Several cards can be deleted at once")
def one_card_is_deleted(site: Change) -> None:
    """Of several cards only one is deleted."""
    site.wrap(
        Cards, "delete", lambda delete: lambda self, phone, tokens: delete(self, phone, tokens[:1])
    )


@deviant("C2.3", "vault", "If the main card is deleted, another card becomes the main one")
def no_card_follows_the_main_one(site: Change) -> None:
    """If the main card is deleted, no card takes its place."""
    site.rule(links, "name_successor", lambda session, phone, now: None)


@deviant("C2.3", "vault", "The holder of a card can be edited")
def edited_card_stays_as_it_was(site: Change) -> None:
    """The changes to a card are lost."""
    site.rule(Cards, "edit", lambda self, phone, token, details: None)


@deviant("C2.6", "shop", "A card linked in the vault is offered at the checkout")
def shop_does_not_ask_the_vault(site: Change) -> None:
    """The shop does not find what was linked in the vault."""
    site.rule(VaultClient, "cards", lambda self, phone: [])


@deviant("C2.6", "shop", "A card deleted in the vault disappears from the shop")
def removed_card_stays_in_the_shop(site: Change) -> None:
    """The shop keeps a card that was removed in the vault."""
    site.wrap(
        ShopCards,
        "keep",
        lambda keep: (
            lambda self, customer_id, listed, *at: listed and keep(self, customer_id, listed, *at)
        ),
    )


@deviant("C1.3", "shop", "The payment block is open if the only card has expired")
def expired_card_folds_the_block(site: Change) -> None:
    """The payment block is folded for who has only an expired card."""
    site.rule(ShopCards, "is_over", lambda self, card: False)


@deviant("C2.3", "shop", "If the main card has expired, the next card is chosen")
def expired_main_card_is_chosen(site: Change) -> None:
    """The main card is preselected at the checkout although it has expired."""
    site.rule(ShopCards, "usable", lambda self, cards: cards)


@deviant("C3.4", "shop", "An expired card comes first and cannot be chosen")
def expired_card_can_be_chosen_on_the_phone(site: Change) -> None:
    """On the phone an expired card can be chosen."""
    site.page("mobile/payment.html", "{% if card is expired %} disabled{% endif %}")


@deviant("C2.3", "vault", "The vault shows that a card has expired")
def expired_card_looks_like_any_other(site: Change) -> None:
    """The vault does not say that a card has expired."""
    site.page("card_facts.html", "card.counts and card is expired", "false")


@deviant("C2.3", "vault", "An expiry that the issuer does not confirm is rejected")
def edited_expiry_is_not_put_to_the_issuer(site: Change) -> None:
    """An edited expiry is kept without a word of the issuer."""
    site.rule(Issuer, "check_expiry", lambda self, phone, fingerprint, expiry: None)


@deviant("C2.3", "vault", "A card with a new expiry is chosen again")
def edited_expiry_is_lost(site: Change) -> None:
    """Editing a card leaves its expiry as it was."""

    def but_the_expiry(edit: Any) -> Any:
        def edit_but_the_expiry(self: Cards, phone: str, token: str, details: Any) -> None:
            before = self.get(phone, token).expiry
            edit(self, phone, token, replace(details, expiry=before))

        return edit_but_the_expiry

    site.wrap(Cards, "edit", but_the_expiry)


@deviant("C3.5", "shop", "A card linked on the phone is in the vault and on another phone")
def cards_are_listed_twice_on_the_phone(site: Change) -> None:
    """The list of cards on the phone has each card twice."""
    cards = "{% for card in cards %}"
    site.page("mobile/payment.html", cards, "{% for card in cards | list + cards | list %}")


@deviant("C3.5", "shop", "Linking a card orders nothing and charges nothing")
def linking_charges_the_card(site: Change) -> None:
    """A card that is linked is charged a rouble."""

    def charging(link: Any) -> Any:
        def link_and_charge(self: VaultClient, request_id: str, phone: str, card: Any) -> Any:
            token = link(self, request_id, phone, card)
            if token is not None:
                rouble: Any = SimpleNamespace(
                    uid=str(uuid4()), checkout_uid="", number=1, currency="RUB", total_minor=100
                )
                self.pay(rouble, phone, token)
            return token

        return link_and_charge

    site.wrap(VaultClient, "link", charging)
