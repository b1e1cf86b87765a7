"""Finds the card that a form chooses: a linked one, or the one typed into it."""

from __future__ import annotations

from collections.abc import Sequence

from ...shared.values.cards import Card
from ...shared.values.refusal import Refusal
from ..card_store import LinkedCardRow
from ..store import CustomerRow
from . import current_shop
from .forms import NEW_CARD, CardForm


def offered(cards: Sequence[LinkedCardRow], wanted: str | None) -> str:
    """The choice that stands ticked, of the cards that can pay.

    What was wanted if it is there, else the main card (C2.6), else a new one.
    """
    if wanted == NEW_CARD or not cards:
        return NEW_CARD
    return wanted if wanted in [card.token for card in cards] else cards[0].token


def uses_typed_card(choice: str | None, form: CardForm) -> bool:
    """Whether the card of the form is meant. A blank form means none."""
    return choice in (None, "", NEW_CARD) and not form.is_blank()


def source_of(
    customer: CustomerRow, choice: str | None, form: CardForm
) -> LinkedCardRow | Card | None:
    """The card to pay from, linked first if it is to be saved; None if none is meant.

    Raises Refusal: ``card.unknown``, or what :meth:`Shop.link_card` raises.
    """
    if uses_typed_card(choice, form):
        card = form.card()
        if not form.save_card.data:
            return card
        token = current_shop.link_card(customer, form.request_id, card)
        return current_shop.cards.to_pay_with(customer.id, token) if token else card
    if choice in (None, "", NEW_CARD):
        return None
    return current_shop.cards.to_pay_with(customer.id, str(choice))


def show_refusal(refusal: Refusal, form: CardForm) -> bool:
    """Put a refusal beside the card form's field, if it belongs there; whether it does."""
    belongs = refusal.field is not None and refusal.field in form
    if belongs:
        form.show(refusal)
    return belongs
