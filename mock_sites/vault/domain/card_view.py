"""A card as the vault's protocol shows it to the shop."""

from __future__ import annotations

from typing_extensions import TypedDict

from ..store import CardRow, CardState, VaultingStatus

FIRST, LAST = 6, 4
STATUS = {CardState.CHECKING: VaultingStatus.PENDING, CardState.LINKED: VaultingStatus.SUCCESS}

# The protocol's word for each card network.
BRANDS = {
    "Visa": "VISA",
    "Mastercard": "MASTERCARD",
    "American Express": "AMEX",
    "Mir": "MIR",
}


class ProtocolCard(TypedDict):
    """The identity of a card: its token, its masked number and its brand."""

    cardToken: str
    maskedCardNo: str
    brand: str


class ProtocolHolder(TypedDict):
    """The name on a card."""

    firstName: str
    lastName: str


class ProtocolListedCard(ProtocolCard):
    """A card in a buyer's list; PENDING while the cent is held, SUCCESS when final."""

    expiryMonth: int
    expiryYear: int
    cardholderName: ProtocolHolder
    main: bool
    status: VaultingStatus


def masked(number: str) -> str:
    """A card number as far as it may be kept and shown: the first six and the last four digits."""
    return f"{number[:FIRST]}******{number[-LAST:]}"


def card_facts(card: CardRow) -> ProtocolCard:
    """Return the identity of a card: its token, its masked number and its brand."""
    return {
        "cardToken": card.token,
        "maskedCardNo": masked(card.first_six + card.last_four),
        "brand": BRANDS[card.brand],
    }


def listed_card_facts(card: CardRow) -> ProtocolListedCard:
    """A card in the list of a buyer's; PENDING while the cent is held, SUCCESS when final."""
    first, _, last = card.holder.rpartition(" ")
    return {
        **card_facts(card),
        "expiryMonth": card.expiry_month,
        "expiryYear": card.expiry_year,
        "cardholderName": {"firstName": first, "lastName": last},
        "main": card.main,
        "status": STATUS[card.state],
    }
