"""The cent that is held to check a card, and its return (C2.5)."""

from __future__ import annotations

from typing import Any

from babel.numbers import get_currency_precision

from checkout_conformance.drivers.expect import expect
from checkout_conformance.expectations import check_that, expect_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target, not_offered

from .pages.shop_cards import shown
from .pages.vault import Vault
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.held_cent import AMOUNT
from .support.published_cards import published_card
from .support.sentences import given, then, when

# A cent is a hundredth: two decimals.
HUNDREDTHS = 2
# The states of a cent that is the card's again, and how its issuer's own list has to show it.
BACK = {"RETURNED": "VOIDED", "REFUNDED": "REFUNDED"}


@given('the issuer of the card "{name}" has withdrawn its approval')
@when('the issuer of the card "{name}" withdraws its approval')
@asks("issuer", "records")
def issuer_takes_back(controls: Controls, buyer: Buyer, name: str) -> None:
    hold = only_hold_on(controls.holds(buyer.phone), name)
    controls.withdraw(hold["card_token"])


@then("no cent was ever held")
@asks("records")
def never_held(controls: Controls, buyer: Buyer) -> None:
    holds = controls.holds(buyer.phone)
    check_that("no cent was held", not holds, f"{len(holds)} holds")


@then("no cent is held any more")
@asks("records")
def held_no_more(controls: Controls, buyer: Buyer) -> None:
    holds = controls.holds(buyer.phone)
    trails = trails_of(holds)
    ended_once = trails in ([["HELD", "RETURNED"]], [["HELD", "FAILED"]])
    ended_once = ended_once and moved(holds) == [(1, 1)]
    check_that("the cent was held and given back, once each", ended_once, told(holds))


@then("one cent is held on the card")
@asks("records")
def one_cent_is_held(vault: Vault, controls: Controls, buyer: Buyer) -> None:
    vault.rows.first.wait_for()
    holds = controls.holds(buyer.phone)
    check_that("one cent is held, once", are_one_held_cent(holds), told(holds))


@then("the cent was given back once")
@asks("records")
def cent_was_given_back(vault: Vault, controls: Controls, buyer: Buyer) -> None:
    vault.rows.first.wait_for()
    holds = controls.holds(buyer.phone)
    trails = trails_of(holds)
    once = trails == [["HELD", "RETURNED"]] and moved(holds) == [(1, 1)]
    check_that("the cent was held and came back, once each", once, told(holds))


@then('one cent is held on "{name}"')
@asks("records")
def is_held_on(controls: Controls, buyer: Buyer, name: str) -> None:
    holds = holds_on(controls.holds(buyer.phone), name)
    _check_held(holds, name)


@then('one cent and no more is held on "{name}" now')
def is_held_now(controls: Controls, buyer: Buyer, name: str) -> None:
    of_card = holds_on(controls.holds(buyer.phone), name)
    _check_held([hold for hold in of_card if hold["state"] == "HELD"], name)


@then('every cent that was held on "{name}" was given back once')
def every_cent_came_back(vault: Vault, controls: Controls, buyer: Buyer, name: str) -> None:
    vault.rows.first.wait_for()
    holds = holds_on(controls.holds(buyer.phone), name)
    states = [hold["state"] for hold in holds]
    once = {*states} == {"RETURNED"} and {*moved(holds)} == {(1, 1)}
    check_that(f"every cent of {name!r} was held and came back, once each", once, told(holds))


@then('one cent is held on "{one}" and one on "{other}"')
@asks("records")
def is_held_on_both(controls: Controls, buyer: Buyer, one: str, other: str) -> None:
    holds = controls.holds(buyer.phone)
    for name in (one, other):
        _check_held(holds_on(holds, name), name)
    check_that("no other cent is held", len(holds) == 2, f"{len(holds)} holds")


@then('the cent of "{name}" was given back once')
@asks("records")
def came_back_once(controls: Controls, buyer: Buyer, name: str) -> None:
    holds = holds_on(controls.holds(buyer.phone), name)
    trails = trails_of(holds)
    once = trails == [["HELD", "RETURNED"]] and moved(holds) == [(1, 1)]
    check_that(f"the cent of {name!r} was held and came back, once each", once, told(holds))


@then("that buyer's cent of " + '"{name}" was given back once')
@asks("records")
def others_came_back_once(controls: Controls, other_buyer_of_vault: Buyer, name: str) -> None:
    came_back_once(controls, other_buyer_of_vault, name)


@then('"{name}" has one cent held again, after an earlier one came back')
@asks("records")
def is_held_again(controls: Controls, buyer: Buyer, name: str) -> None:
    holds = holds_on(controls.holds(buyer.phone), name)
    trails = trails_of(holds)
    again = trails == [["HELD", "RETURNED"], ["HELD"]] and moved(holds) == [(1, 1), (1, 0)]
    check_that(f"the cent of {name!r} came back, and one is held", again, told(holds))


@then('the vault says how much is held on "{name}"')
@asks("records")
def says_how_much_is_held(vault: Vault, controls: Controls, buyer: Buyer, name: str) -> None:
    hold = only_hold_on(controls.holds(buyer.phone), name)
    expect(vault.message).to_be_visible()
    if not AMOUNT.search(vault.message.inner_text()):
        not_offered("an amount in the message about the cent")
    held = NamedAmount(hold["amount_minor"], hold["currency"])
    expect(vault.message).to_contain_text(held.on_page)


@then("no money was taken from the buyer's cards")
@asks("records")
def nothing_was_taken(controls: Controls, buyer: Buyer) -> None:
    times = controls.times_captured(buyer.phone)
    check_that("no money was taken", times == 0, f"{times} payments")


@then('the vault shows the link of "{name}" as final exactly if its cent is back')
@asks("records")
def is_final_once_cent_is_back(
    vault: Vault, controls: Controls, buyer: Buyer, target: Target, name: str
) -> None:
    hold = only_hold_on(controls.holds(buyer.phone), name)
    expect_state_by_cent(vault, target, hold, name)
    told = vault.message.filter(has_text=shown(published_card(name)))
    what = "the vault tells of the cent only while it is held"
    expect_that(what, expect(told).to_have_count, 0 if hold["state"] in BACK else 1)


def expect_state_by_cent(vault: Vault, target: Target, hold: dict[str, Any], name: str) -> None:
    """Check that the open list shows the link of a card as final exactly if its cent is back."""
    state = target.label("Linked" if hold["state"] in BACK else "Being checked")
    what = f"with its cent {hold['state']}, the card is {state!r}"
    expect_that(what, expect(vault.row(published_card(name))).to_contain_text, state)


def is_one_cent(minor: int, currency: str) -> bool:
    """Return whether an amount in minor units is a hundredth: one yen is not a cent."""
    return minor == 1 and get_currency_precision(currency) == HUNDREDTHS


def holds_on(holds: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """The holds on a card, by its last four digits."""
    return [hold for hold in holds if hold["last_four"] == published_card(name).last_four]


def only_hold_on(holds: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """The hold on a card. Raises UnmetExpectation if there is none, or more than one."""
    found = holds_on(holds, name)
    check_that(f"one cent is held on {name!r}", len(found) == 1, f"{len(found)} holds")
    return found[0]


def _check_held(holds: list[dict[str, Any]], name: str) -> None:
    check_that(f"one cent is held on {name!r}, once", are_one_held_cent(holds), told(holds))


def are_one_held_cent(holds: list[dict[str, Any]]) -> bool:
    """Whether these are one cent that is held, and was taken from the card once."""
    is_held = [hold["state"] for hold in holds] == ["HELD"] and moved(holds) == [(1, 0)]
    return is_held and all(is_one_cent(hold["amount_minor"], hold["currency"]) for hold in holds)


def told(holds: list[dict[str, Any]]) -> str:
    """The holds and their trails, for a report.

    ``RUB 0.01 RETURNED (trail: HELD, RETURNED; taken 1 x, given back 1 x)``.
    """
    return "; ".join(map(_told, holds)) or "nothing was held"


def _told(hold: dict[str, Any]) -> str:
    amount = NamedAmount(hold["amount_minor"], hold["currency"])
    trail = ", ".join(event["state"] for event in hold["events"])
    counts = f"taken {hold['times_held']} x, given back {hold['times_given_back']} x"
    return f"{amount.currency} {amount.typed} {hold['state']} (trail: {trail}; {counts})"


def trails_of(holds: list[dict[str, Any]]) -> list[list[str]]:
    """The states that each cent went through."""
    return [[event["state"] for event in hold["events"]] for hold in holds]


def moved(holds: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """How often each cent was held and given back, by the records of the vault."""
    return [(hold["times_held"], hold["times_given_back"]) for hold in holds]
