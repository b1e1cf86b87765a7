"""The return of a cent that fails: at its issuer it is still held, or was taken (C2.5)."""

from __future__ import annotations

from datetime import timedelta

from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .hold import (
    BACK,
    expect_state_by_cent,
    holds_on,
    moved,
    only_hold_on,
    told,
    trails_of,
)
from .pages.vault import Vault
from .support.controls import Controls
from .support.faults import Fault, Faults
from .support.sentences import given, then

# After this time the vault asks for the cent back.
HELD_FOR = timedelta(hours=24)


@given('the issuer of the card "{name}" has taken the cent')
@asks("issuer", "records")
def issuer_takes_cent(controls: Controls, buyer: Buyer, name: str) -> None:
    hold = only_hold_on(controls.holds(buyer.phone), name)
    controls.settle(hold["card_token"])


@given("the vault has asked for the cent back, and the card's issuer {release:Release}")
@asks("faults", site="vault")
@asks("clock", span=HELD_FOR)
def has_asked_in_vain(faults: Faults, controls: Controls, vault: Vault, release: Fault) -> None:
    faults.set("vault", "return", release)
    controls.advance_clock(HELD_FOR.total_seconds())
    vault.open_cards()


@then('the cent of "{name}" was taken and refunded, once each')
@asks("records")
def was_refunded_once(controls: Controls, buyer: Buyer, name: str) -> None:
    holds = holds_on(controls.holds(buyer.phone), name)
    trails = trails_of(holds)
    once = trails == [["HELD", "CAPTURED", "REFUNDED"]] and moved(holds) == [(1, 1)]
    check_that(f"the cent of {name!r} was held, taken and refunded, once each", once, told(holds))


@then('the vault shows the link of "{name}" as final only if its cent is back')
@asks("records")
def is_final_only_with_cent_back(
    vault: Vault, controls: Controls, buyer: Buyer, target: Target, name: str
) -> None:
    hold = only_hold_on(controls.holds(buyer.phone), name)
    if hold["state"] in BACK:
        # It may have come back after the page was opened.
        vault.open_cards()
    expect_state_by_cent(vault, target, hold, name)


@then("the card's issuer has held one cent in all")
@asks("issuer")
def issuer_has_held_one(controls: Controls, buyer: Buyer) -> None:
    cents = controls.authorisations(buyer.phone)
    check_that("the issuer has held one cent in all", len(cents) == 1, f"{len(cents)} cents")


@then("no cent counts as given back that its issuer still has")
@asks("issuer", "records")
def issuer_has_given_back(controls: Controls, buyer: Buyer) -> None:
    at_issuer = controls.authorisations(buyer.phone)
    for hold in controls.holds(buyer.phone):
        if hold["state"] in BACK:
            found = at_issuer.get(hold["card_token"], "unknown")
            is_back = found == BACK[hold["state"]]
            what = f"a cent that the vault calls {hold['state']} is {BACK[hold['state']]}"
            check_that(f"{what} at its issuer", is_back, found)
