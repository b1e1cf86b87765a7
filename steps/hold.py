"""The cent that checks a card: whether it was held, and whether it is the card's again (C2.5)."""

from __future__ import annotations

from playwright.sync_api import expect
from pytest_bdd import then

from steps.controls import Controls
from steps.expectations import check_that
from steps.pages.vault import Vault
from steps.people import Buyer


@then("one cent is held on the card")
@then("يكون سنت واحد محجوزًا من البطاقة")
def one_cent_is_held(vault: Vault, controls: Controls, buyer: Buyer) -> None:
    expect(vault.rows.first).to_be_visible()
    held = [(hold["amount_minor"], hold["state"]) for hold in controls.holds(buyer.phone)]
    check_that("one cent is held, once", held == [(1, "HELD")], held)


@then("the cent was given back once")
@then("يكون السنت قد أُعيد مرة واحدة")
def cent_was_given_back(vault: Vault, controls: Controls, buyer: Buyer) -> None:
    expect(vault.rows.first).to_be_visible()
    trails = [[event["state"] for event in hold["events"]] for hold in controls.holds(buyer.phone)]
    check_that(
        "the cent was held and came back, once each", trails == [["HELD", "RETURNED"]], trails
    )
