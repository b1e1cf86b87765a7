"""C1.5: the four values, Save card and Confirm link that card."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import uuid4

from flask import has_request_context, session

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.cards import Card, Expiry
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shared.web.forms import CardNumberField
from mock_sites.shop.clients.vault import VaultClient
from mock_sites.shop.domain.cards import Cards
from mock_sites.shop.domain.vault import VaultError
from mock_sites.vault.domain.cards import Cards as VaultCards
from mock_sites.vault.domain.issuer import Issuer


@deviant("C1.5", "vault")
def new_card_replaces_the_earlier_one(site: Change) -> None:
    """Linking a second card deletes the first one."""

    def alone(old: Any) -> Any:
        def link(self: VaultCards, phone: str, *rest: Any, **more: Any) -> Any:
            before = [card.token for card in self.of(phone)]
            row = old(self, phone, *rest, **more)
            self.delete(phone, before)
            return row

        return link

    site.wrap(VaultCards, "link", alone)


@deviant("C1.5", "shop")
def unsaved_card_is_linked_when_it_cannot_pay(site: Change) -> None:
    """A card that was not to be saved is linked when its payment fails."""

    def keeping(old: Any) -> Any:
        def pay(self: VaultClient, order: Any, phone: str, source: Any) -> None:
            try:
                old(self, order, phone, source)
            except Refusal:
                if isinstance(source, Card):
                    with suppress(Refusal, VaultError):
                        self.link(str(uuid4()), phone, source)
                raise

        return pay

    site.wrap(VaultClient, "pay", keeping)


@deviant("C1.5", "vault")
def second_card_of_a_brand_is_refused(site: Change) -> None:
    """A second card of the same brand is refused as linked already."""

    def one_of_each(old: Any) -> Any:
        def link(self: VaultCards, phone: str, card: Card, *rest: Any, **more: Any) -> Any:
            begins = [one.first_six[0] for one in self.of(phone)]
            if card.number[0] in begins:
                raise Refusal("card.already-linked", "card_number")
            return old(self, phone, card, *rest, **more)

        return link

    site.wrap(VaultCards, "link", one_of_each)


def sent_as(site: Change, change: Any) -> None:
    """Link another card than the one that was typed."""

    def other(old: Any) -> Any:
        def link(self: VaultClient, request_id: str, phone: str, card: Card) -> None:
            old(self, request_id, phone, change(card))

        return link

    site.wrap(VaultClient, "link", other)


@deviant("C1.5", "shop")
def expiry_is_linked_a_year_later(site: Change) -> None:
    """The card is linked with an expiry one year later than the one typed."""
    sent_as(
        site,
        lambda card: replace(card, expiry=Expiry(card.expiry.year + 1, card.expiry.month)),
    )


@deviant("C1.5", "shop")
def month_of_the_expiry_is_linked_as_december(site: Change) -> None:
    """The card is linked with December for its month, whichever was typed."""
    sent_as(site, lambda card: replace(card, expiry=Expiry(card.expiry.year, 12)))


@deviant("C1.5", "shop")
def holder_is_linked_by_the_last_name(site: Change) -> None:
    """The card is linked with the last name of its holder only."""
    sent_as(site, lambda card: replace(card, holder=card.holder.split()[-1]))


@deviant("C1.5", "shop")
def number_in_groups_is_refused(site: Change) -> None:
    """A card number typed in groups of four, as it is printed, is refused."""

    def in_one_piece(old: Any) -> Any:
        def refuse(text: str) -> None:
            old(text)
            if " " in text.strip():
                raise Refusal("card_number.not-digits", "card_number")

        return staticmethod(refuse)

    site.wrap(CardNumberField, "refuse", in_one_piece)


@deviant("C1.5", "shop")
def linked_card_is_known_in_one_browser(site: Change) -> None:
    """A card that was linked in the shop is missing when the buyer signs in elsewhere."""

    def noting(old: Any) -> Any:
        def link(self: Cards, customer: Any, request_id: str, card: Card) -> Any:
            token = old(self, customer, request_id, card)
            session["own_cards"] = [*session.get("own_cards", []), token]
            linked.add(token)
            return token

        return link

    def own(old: Any) -> Any:
        def known(self: Cards, customer_id: int) -> Any:
            here = session.get("own_cards", []) if has_request_context() else []
            hidden = linked.difference(here)
            return [card for card in old(self, customer_id) if card.token not in hidden]

        return known

    linked: set[Any] = set()
    site.wrap(Cards, "link", noting)
    site.wrap(Cards, "known", own)


@deviant("C1.5", "vault")
def refused_card_is_linked_the_second_time(site: Change) -> None:
    """A card that its issuer has refused is linked when the form is sent again."""

    def tired(old: Any) -> Any:
        def authorise(self: Issuer, phone: str, card: Card, money: Any) -> None:
            try:
                old(self, phone, card, money)
            except Refusal:
                if (phone, card.number) in refused:
                    return
                refused.add((phone, card.number))
                raise

        return authorise

    refused: set[tuple[str, str]] = set()
    site.wrap(Issuer, "authorise", tired)


@deviant("C1.5", "shop")
def card_is_said_to_be_linked_while_the_vault_is_silent(site: Change) -> None:
    """When the vault gives no answer the shop says that the card is linked."""

    def hopeful(old: Any) -> Any:
        def link(self: Cards, customer: Any, request_id: str, card: Card) -> Any:
            try:
                return old(self, customer, request_id, card)
            except (Refusal, VaultError) as error:
                if getattr(error, "code", "") not in ("vault.silent", "vault.unreachable"):
                    raise
                return None

        return link

    site.wrap(Cards, "link", hopeful)
