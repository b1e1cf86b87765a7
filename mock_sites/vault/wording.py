"""The vault's words: why something is refused, what the state of a card is called."""

from __future__ import annotations

from flask_babel import lazy_gettext

from .store import CardState

REFUSALS = {
    "card.declined": lazy_gettext(
        "The bank that issued this card declined it. Nothing was linked. Nothing is held on it."
        " Ask the bank, or use another card."
    ),
    "card.insufficient-funds": lazy_gettext(
        "There is not even one cent on this card. Nothing was linked. Nothing is held on it."
        " Put money on it, or use another card."
    ),
    "card.expired": lazy_gettext(
        "The bank that issued this card says that it has expired. Nothing was linked."
        " Nothing is held on it. Use another card."
    ),
    "card.wrong-code": lazy_gettext(
        "The bank that issued this card says that the security code is wrong."
        " Nothing was linked. Nothing is held on it. Enter number and code again."
    ),
    "card.lost": lazy_gettext(
        "This card was reported lost. Nothing was linked. Nothing is held on it."
        " Use another card, and ask the bank about this one."
    ),
    "card.issuer-down": lazy_gettext(
        "The bank that issued this card does not answer. Nothing was linked."
        " Nothing is held on it. Try again later."
    ),
    "card.already-linked": lazy_gettext(
        "This card is linked already. It is in the list, and nothing more is held on it."
    ),
    "card.out-of-date": lazy_gettext(
        "This card has expired, so the shop cannot select it. Edit its expiry first, or set"
        " another card as main."
    ),
    "expiry.not-confirmed": lazy_gettext(
        "The bank that issued this card does not confirm this expiry. Nothing was changed."
        " Compare the date with the card."
    ),
    "expiry.not-checked": lazy_gettext(
        "The bank that issued this card does not answer, so this expiry cannot be checked."
        " Nothing was changed. Try again later."
    ),
    "cards.none-chosen": lazy_gettext("Tick the cards to delete first. Nothing was deleted."),
    "country.empty": lazy_gettext("Choose the country."),
    "country.unknown": lazy_gettext("Choose a country from the list."),
    "address.empty": lazy_gettext("Enter the address."),
}

CARD_STATES = {
    CardState.CHECKING: lazy_gettext("Being checked"),
    CardState.LINKED: lazy_gettext("Linked"),
    CardState.FAILED: lazy_gettext("Not linked: the check failed"),
}
