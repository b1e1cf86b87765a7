"""Which cards were charged, by the records of the vault (C3.5, C3.6)."""

from __future__ import annotations

from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer

from .support.controls import Controls
from .support.published_cards import published_card
from .support.sentences import then


@then("no card was charged")
def none_was_charged(controls: Controls, buyer: Buyer) -> None:
    charges = controls.charges(buyer.phone)
    check_that("no card was charged", not charges, charges)


@then('only the card "{name}" was charged, and once')
def only_one_was_charged(controls: Controls, buyer: Buyer, name: str) -> None:
    charges = controls.charges(buyer.phone)
    once = [(one.last_four, one.times) for one in charges] == [(published_card(name).last_four, 1)]
    check_that("only this card was charged, and once", once, charges)
