"""A buyer's cards in the vault, beside those of others, and the same cards in the shop (C2)."""

from __future__ import annotations

import pytest

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Page
from checkout_conformance.expectations import expect_that
from checkout_conformance.people import Buyer, invent_buyer
from checkout_conformance.targets.target import Target

from .pages.vault import Vault
from .preparation import Preparation
from .support.controls import Controls
from .support.found_pages import expect_page
from .support.published_cards import published_card
from .support.sentences import given, then, when


@pytest.fixture
def other_buyer_of_vault(controls: Controls, buyer_seed: str) -> Buyer:
    """Another buyer, who has an account with the vault."""
    other = invent_buyer(f"{buyer_seed} other")
    controls.add_vault_holder(other.phone, other.password, other.name)
    return other


@pytest.fixture
def other_vault(
    other_buyer_of_vault: Buyer, other_device: Page, target: Target, prepare: Preparation
) -> Vault:
    """The vault in the browser of another buyer, who is signed in to it."""
    vault = Vault.on(other_device, target)
    prepare.enter(vault, buyer=other_buyer_of_vault)
    return vault


@given("another buyer is signed in to the vault")
def another_is_signed_in(other_vault: Vault, target: Target) -> None:
    other_vault.link_of_cards(target.label("Bank cards")).wait_for()


@given('another buyer has linked the card "{name}" in the vault')
def another_has_linked(
    other_vault: Vault, other_buyer_of_vault: Buyer, prepare: Preparation, name: str
) -> None:
    prepare.link_in_vault(other_vault, published_card(name), buyer=other_buyer_of_vault)
    other_vault.row(published_card(name)).wait_for()


@given('another buyer has made "{main}" the main one of the cards "{one}" and "{other}"')
def another_has_made_main(
    other_vault: Vault,
    other_buyer_of_vault: Buyer,
    prepare: Preparation,
    main: str,
    one: str,
    other: str,
) -> None:
    both = published_card(one), published_card(other)
    prepare.link_in_vault(other_vault, *both, buyer=other_buyer_of_vault)
    _make_main(other_vault, main)


@given('the buyer has linked "{one}", "{two}" and "{three}" in the vault')
def has_linked_three(vault: Vault, prepare: Preparation, one: str, two: str, three: str) -> None:
    prepare.link_in_vault(vault, *map(published_card, (one, two, three)))
    vault.rows.nth(2).wait_for()


@given('"{name}" is the main card')
def is_main(vault: Vault, name: str) -> None:
    _make_main(vault, name)


@given('the buyer has deleted the card "{name}" in another tab of the vault')
def has_deleted_in_another_tab(vault: Vault, name: str) -> None:
    tab = vault.new_tab()
    tab.delete(published_card(name))
    tab.row(published_card(name)).wait_for(state="hidden")
    tab.close()


@when('that buyer deletes "{name}" in the vault')
def that_buyer_deletes(other_vault: Vault, name: str) -> None:
    other_vault.delete(published_card(name))


@when("that buyer opens the same page of the vault")
def that_buyer_opens_same_page(vault: Vault, other_vault: Vault) -> None:
    other_vault.page.goto(vault.page.url)


@when("the buyer presses Delete without a ticked card")
def delete_nothing(vault: Vault) -> None:
    vault.ask_to_delete()


@when('the buyer begins to edit "{name}"')
@given('the buyer has begun to edit "{name}"')
def has_begun_to_edit(vault: Vault, name: str) -> None:
    vault.open_cards()
    vault.press_beside(published_card(name), "Edit")
    vault.field("Card holder").wait_for()


@then('the vault lists only "{name}"')
def lists_one(vault: Vault, name: str) -> None:
    _expect_in_vault(vault, name)


@then('the vault lists only "{one}" and "{two}"')
def lists_two(vault: Vault, one: str, two: str) -> None:
    _expect_in_vault(vault, one, two)


@then('the vault lists only "{one}", "{two}" and "{three}"')
def lists_three(vault: Vault, one: str, two: str, three: str) -> None:
    _expect_in_vault(vault, one, two, three)


@then("that buyer's vault lists only " + '"{name}"')
def other_vault_lists_one(other_vault: Vault, name: str) -> None:
    _expect_in_vault(other_vault, name)


@then("that buyer sees no card of the buyer's")
def sees_no_card(other_vault: Vault) -> None:
    expect_page(other_vault)
    expect(other_vault.rows).to_have_count(0)
    expect(other_vault.field("Card holder")).to_have_count(0)


@then("the page lists {number:Count} cards")
def page_lists(vault: Vault, number: int) -> None:
    expect(vault.rows).to_have_count(number)


@then('the vault marks only "{name}" as the main card')
def marks_main(vault: Vault, name: str) -> None:
    _expect_main(vault, name)


@then("that buyer's vault marks only " + '"{name}" as the main card')
def other_vault_marks_main(other_vault: Vault, name: str) -> None:
    _expect_main(other_vault, name)


@then('on another device the vault marks only "{name}" as the main card')
def marks_main_elsewhere(
    other_device: Page, target: Target, prepare: Preparation, name: str
) -> None:
    vault = Vault.on(other_device, target)
    prepare.enter(vault, show=False)
    _expect_main(vault, name)


def _make_main(vault: Vault, name: str) -> None:
    with vault.beforehand() as pages:
        pages.make_main(published_card(name))
    _expect_main(vault, name)


def _expect_in_vault(vault: Vault, *names: str) -> None:
    vault.open_cards()
    for name in names:
        row = vault.row(published_card(name))
        expect_that(f"the vault lists {name!r} once", expect(row).to_have_count, 1)
    expect_that("the vault lists no other card", expect(vault.rows).to_have_count, len(names))


def _expect_main(vault: Vault, name: str) -> None:
    vault.open_cards()
    mark = vault.mark_of_main(published_card(name))
    expect_that(f"{name!r} is marked as the main card", expect(mark).to_be_visible)
    expect_that("only one card is marked", expect(vault.main_card_marks).to_have_count, 1)
