"""The vault's control that links a card, as its form does."""

from __future__ import annotations

from flask import Blueprint
from typing_extensions import TypedDict

from ..shared.controls.body import body_as
from ..shared.controls.control import Typed
from ..shared.controls.typed_card import CardToLink
from ..shared.values.postal_codes import parse_postal_code
from ..shared.web.openapi import documented
from .domain.billing import Billing, parse_address, parse_country
from .domain.vault import Vault
from .store import CardRow


class CardOfHolder(CardToLink):
    """A card to link, with its billing address as it is typed."""

    country: Typed = "RU"
    postal_code: Typed = "420111"
    address: Typed = "Bauman Street 12, flat 3"

    def billing(self) -> Billing:
        """The billing address. Raises Refusal with the field that is wrong."""
        return Billing(
            parse_country(self.country),
            parse_postal_code(self.postal_code),
            parse_address(self.address),
        )


class LinkedCard(TypedDict):
    """A linked card, on which a cent is held as long as it is CHECKING."""

    card_token: str
    brand: str
    last_four: str
    state: str
    main: bool


def add_card_controls(controls: Blueprint, vault: Vault) -> None:
    """Add the route."""

    @controls.post("/cards")
    @documented("Link a card", LinkedCard, body=CardOfHolder, status=201, otherwise=(404, 409))
    def link_card() -> tuple[LinkedCard, int]:
        wanted = body_as(CardOfHolder)
        holder = vault.holders.get(wanted.phone)
        card = wanted.card(vault.upkeep.now().date())
        return _facts(vault.cards.link(holder.phone, card, wanted.billing())), 201


def _facts(card: CardRow) -> LinkedCard:
    return LinkedCard(
        card_token=card.token,
        brand=card.brand,
        last_four=card.last_four,
        state=card.state,
        main=card.main,
    )
