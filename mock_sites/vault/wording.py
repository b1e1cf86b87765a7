"""The vault's words: why something is refused, what the state of a card is called."""

from __future__ import annotations

from flask_babel import lazy_gettext

from .store import CardState, HoldState

REFUSALS = {
    "card.declined": lazy_gettext(
        "The issuing bank declined this card. Nothing was linked. No money is held on it. Ask"
        " the bank or use another card."
    ),
    "card.insufficient-funds": lazy_gettext(
        "Insufficient funds on this card. Nothing was linked. No money is held on it. Top it up"
        " or use another card."
    ),
    "card.expired": lazy_gettext(
        "According to the issuing bank, this card has expired. Nothing was linked. No money is"
        " held on it. Use another card."
    ),
    "card.wrong-code": lazy_gettext(
        "According to the issuing bank, the security code is wrong. Nothing was linked. No money"
        " is held on it. Enter the number and code again."
    ),
    "card.lost": lazy_gettext(
        "This card was reported lost. Nothing was linked. No money is held on it. Use another"
        " card and ask the bank about this one."
    ),
    "card.issuer-down": lazy_gettext(
        "The issuing bank is not responding. Nothing was linked. No money is held on the card."
        " Try again later."
    ),
    "card.not-authenticated": lazy_gettext(
        "The card was not confirmed: the code was wrong. Nothing was linked. No money is held on"
        " it."
    ),
    "card.challenge-abandoned": lazy_gettext(
        "You did not confirm the card. Nothing was linked. No money is held on it."
    ),
    "card.challenge-expired": lazy_gettext(
        "The time to confirm the card is over. Nothing was linked. No money is held on it."
    ),
    "card.authentication-unavailable": lazy_gettext(
        "The issuing bank cannot confirm this card now. Nothing was linked. No money is held on"
        " it. Try again later or use another card."
    ),
    "card.already-linked": lazy_gettext(
        "This card is already linked. It is in the list, and no more money is held on it."
    ),
    "card.out-of-date": lazy_gettext(
        "This card has expired, so the shop cannot select it. Update its expiry first or set"
        " another card as main."
    ),
    "expiry.not-confirmed": lazy_gettext(
        "The issuing bank did not confirm this expiry. Nothing was changed. Check the date"
        " against the card."
    ),
    "expiry.not-checked": lazy_gettext(
        "The issuing bank is not responding, so this expiry cannot be checked. Nothing was"
        " changed. Try again later."
    ),
    "cards.none-chosen": lazy_gettext("Nothing was deleted. Tick the cards to delete first."),
    "country.empty": lazy_gettext("Choose the country."),
    "country.unknown": lazy_gettext("Choose a country from the list."),
    "address.empty": lazy_gettext("Enter the address."),
}

CARD_STATES = {
    CardState.CHECKING: lazy_gettext("Being checked"),
    CardState.LINKED: lazy_gettext("Linked"),
    CardState.FAILED: lazy_gettext("Not linked: the check failed"),
}

# The lines of a cent's trail, as its owner reads them.
CENT_STATES = {
    HoldState.HELD: lazy_gettext("Held on the card"),
    HoldState.CAPTURED: lazy_gettext("Taken by the bank"),
    HoldState.RETURNED: lazy_gettext("Hold released"),
    HoldState.REFUNDED: lazy_gettext("Refunded by the bank"),
    HoldState.FAILED: lazy_gettext("Approval withdrawn by the bank"),
}
