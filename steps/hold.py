"""The cent that is held to check a card, and its return (C2.5)."""

from __future__ import annotations

from typing import Any

from babel.numbers import get_currency_precision

from checkout_conformance.drivers.expect import expect
from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer

from .pages.vault import Vault
from .support.controls import Controls
from .support.published_cards import published_card
from .support.sentences import given, then, when

# A cent is a hundredth: two decimals.
HUNDREDTHS = 2


@given('the issuer of the card "{name}" has withdrawn its approval')
@when('the issuer of the card "{name}" withdraws its approval')
def issuer_takes_back(controls: Controls, buyer: Buyer, name: str) -> None:
    digits = published_card(name).last_four
    [hold] = [hold for hold in controls.holds(buyer.phone) if hold["last_four"] == digits]
    controls.withdraw(hold["card_token"])


@then("no cent was ever held")
def never_held(controls: Controls, buyer: Buyer) -> None:
    holds = controls.holds(buyer.phone)
    check_that("no cent was held", not holds, f"{len(holds)} holds")


@then("no cent is held any more")
def held_no_more(controls: Controls, buyer: Buyer) -> None:
    [hold] = controls.holds(buyer.phone)
    trail = [event["state"] for event in hold["events"]]
    ended_once = trail in (["HELD", "RETURNED"], ["HELD", "FAILED"])
    ended_once = ended_once and _moved([hold]) == [(1, 1)]
    found = f"{trail}, moved {_moved([hold])}"
    check_that("the cent was held and given back, once each", ended_once, found)


@then("one cent is held on the card")
def one_cent_is_held(vault: Vault, controls: Controls, buyer: Buyer) -> None:
    expect(vault.rows.first).to_be_visible()
    holds = controls.holds(buyer.phone)
    held = [(hold["amount_minor"], hold["currency"], hold["state"]) for hold in holds]
    is_held = [state for _, _, state in held] == ["HELD"] and _moved(holds) == [(1, 0)]
    once = is_held and all(is_one_cent(minor, currency) for minor, currency, _ in held)
    check_that("one cent is held, once", once, f"{held}, moved {_moved(holds)}")


@then("the cent was given back once")
def cent_was_given_back(vault: Vault, controls: Controls, buyer: Buyer) -> None:
    expect(vault.rows.first).to_be_visible()
    holds = controls.holds(buyer.phone)
    trails = [[event["state"] for event in hold["events"]] for hold in holds]
    once = trails == [["HELD", "RETURNED"]] and _moved(holds) == [(1, 1)]
    found = f"{trails}, moved {_moved(holds)}"
    check_that("the cent was held and came back, once each", once, found)


def is_one_cent(minor: int, currency: str) -> bool:
    """Return whether an amount in minor units is a hundredth: one yen is not a cent."""
    return minor == 1 and get_currency_precision(currency) == HUNDREDTHS


def _moved(holds: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """How often each cent was held and given back, by the records of the vault."""
    return [(hold["times_held"], hold["times_given_back"]) for hold in holds]
