"""What a buyer has done in the vault before, and data of other countries (C2)."""

from __future__ import annotations

from checkout_conformance.drivers.expect import expect
from checkout_conformance.people import Buyer

from .expiry import month_has_ended, until_now
from .language import OWN_NAMES
from .pages.vault import Vault
from .preparation import Preparation
from .support.controls import Controls
from .support.published_cards import published_card
from .support.sentences import given, then, when

A_DAY = 24 * 60 * 60
RUSSIAN = "ru"


@given('the buyer has linked the card "{name}" in the vault and deleted it')
def linked_and_deleted(vault: Vault, prepare: Preparation, name: str) -> None:
    prepare.link_in_vault(vault, published_card(name))
    with vault.beforehand(show=False) as pages:
        pages.delete(published_card(name))
        pages.row(published_card(name)).wait_for(state="hidden")


@given('the buyer has linked the card "{name}" in the vault, and its link is final')
def linked_for_good(vault: Vault, controls: Controls, prepare: Preparation, name: str) -> None:
    prepare.link_in_vault(vault, published_card(name))
    controls.advance_clock(A_DAY)


@given('the buyer has a card "{name}" in the vault that has expired')
def has_expired(vault: Vault, controls: Controls, prepare: Preparation, name: str) -> None:
    prepare.link_in_vault(vault, until_now(controls, name))
    month_has_ended(controls)


@given('the vault has refused the card "{name}" of the buyer')
def was_refused(vault: Vault, name: str) -> None:
    with vault.beforehand(show=False) as pages:
        pages.save_card(published_card(name))
        pages.announcements.first.wait_for()


@given('another buyer has linked the card "{name}" in the same browser and left the vault')
def other_in_same_browser(
    vault: Vault,
    prepare: Preparation,
    buyer: Buyer,
    other_buyer_of_vault: Buyer,
    name: str,
) -> None:
    prepare.enter(vault, show=False, buyer=other_buyer_of_vault)
    prepare.link_in_vault(vault, published_card(name), buyer=other_buyer_of_vault)
    prepare.enter(vault, show=False, buyer=buyer)


@when('the buyer saves the card "{name}" in the vault, and 24 hours pass')
def save_and_wait(vault: Vault, controls: Controls, name: str) -> None:
    vault.save_card(published_card(name))
    vault.row(published_card(name)).wait_for()
    controls.advance_clock(A_DAY)
    vault.open_cards()


@when(
    'the buyer saves the card "{name}" with the country "{country}"'
    + ' and the postal code "{code}"'
)
def save_for_country(vault: Vault, name: str, country: str, code: str) -> None:
    vault.fill_in_all(published_card(name), **{"Country": country, "Postal code": code})
    vault.press("Save")


@then("the vault offers its pages in Russian")
def offers_russian(vault: Vault) -> None:
    if vault.document.get_attribute("lang") != RUSSIAN:
        expect(vault.language_switch(OWN_NAMES[RUSSIAN])).to_be_visible()
