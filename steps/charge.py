"""Which of a buyer's cards was charged, by the records of the vault (C3.6)."""

from __future__ import annotations

from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks

from .support.controls import Controls
from .support.published_cards import published_card
from .support.sentences import then


@then('only the card "{name}" was charged, and once')
@asks("records")
def only_one_was_charged(controls: Controls, buyer: Buyer, name: str) -> None:
    charged = controls.cards_charged(buyer.phone)
    once = charged == [published_card(name).last_four]
    check_that("only this card was charged, and once", once, charged)
