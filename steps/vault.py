"""The card vault: opening it, managing cards, the cent that is held (C2)."""

from __future__ import annotations

import re

import pytest

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Page
from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target, not_offered

from .data import data
from .pages.shop import Shop
from .pages.shop_cards import ShopCards
from .pages.vault import Vault
from .preparation import Preparation
from .support.controls import Controls
from .support.counts import count_on_page
from .support.found_pages import expect_page_of
from .support.held_cent import AMOUNT, one_day
from .support.published_cards import published_card
from .support.sentences import given, then, when

BLOCK = "Payment methods"


@pytest.fixture
def vault(page: Page, target: Target) -> Vault:
    """The vault in the buyer's browser."""
    return Vault.on(page, target)


@given("the buyer has an account with the vault")
def has_account(controls: Controls, buyer: Buyer) -> None:
    controls.add_vault_holder(buyer.phone, buyer.password, buyer.name)


@given("the buyer is signed in to the vault")
def signed_in(vault: Vault, prepare: Preparation) -> None:
    prepare.enter(vault)


@when("the buyer signs in to the vault")
def sign_in(vault: Vault, buyer: Buyer) -> None:
    vault.come_in_as(buyer)


@given("the buyer is signed in to the shop and to the vault")
def signed_in_to_both(vault: Vault, shop: Shop, prepare: Preparation) -> None:
    prepare.enter(vault, show=False)
    prepare.enter(shop, show=False)


@given("the buyer is at the profile in the shop")
def at_profile(cards: ShopCards) -> None:
    cards.open_profile()


@given("the buyer is at the vault's home page")
def at_home_page(vault: Vault) -> None:
    vault.open()


@given("the buyer is at the vault's form for a card")
def at_form(vault: Vault, prepare: Preparation) -> None:
    prepare.enter(vault, show=False)
    opened_form(vault)


@given('the buyer has linked "{one}" and then "{other}" in the vault')
def has_linked_two(vault: Vault, prepare: Preparation, one: str, other: str) -> None:
    prepare.link_in_vault(vault, published_card(one), published_card(other))


@given('the buyer has linked the card "{name}" in the vault')
def has_linked(vault: Vault, prepare: Preparation, name: str) -> None:
    prepare.link_in_vault(vault, published_card(name))


@given('the buyer has saved the card "{name}" in the vault')
def has_saved_card(vault: Vault, name: str) -> None:
    with vault.beforehand() as way:
        way.save_card(published_card(name))


@given('the vault has declined the card "{name}"')
def has_declined(vault: Vault, name: str) -> None:
    vault.save_card(published_card(name))
    card_was_refused(vault)


@when('the buyer saves the card "{name}" in the vault')
def save_card(vault: Vault, name: str) -> None:
    vault.save_card(published_card(name))


@given('the buyer has pressed "{label}" below "{heading}"')
@when('the buyer presses "{label}" below "{heading}"')
def press_below(cards: ShopCards, label: str, heading: str) -> None:
    cards.press_below(heading, label)


@when("the buyer continues to the vault")
def go_on_to_vault(cards: ShopCards) -> None:
    cards.continue_to_vault()


@when("the buyer presses the icon of a bank card")
def press_icon(vault: Vault) -> None:
    vault.press_icon()


@when("the buyer looks at the cards in the vault")
def look_at_cards(vault: Vault) -> None:
    vault.open_cards()


@given("the buyer has opened the vault's form for a card")
@when("the buyer opens the vault's form for a card")
def opened_form(vault: Vault) -> None:
    with vault.beforehand() as way:
        way.open_form()


@when('the buyer fills in all the data of the card "{name}"')
def fill_in_all(vault: Vault, name: str) -> None:
    vault.fill_in_all(published_card(name))


@when('the buyer saves in the vault a card whose "{field}" is "{value}"')
def save_changed_card(vault: Vault, field: str, value: str) -> None:
    vault.fill_in_all(published_card("Visa, approved"), **{field: value})
    vault.press("Save")


@when('the buyer makes "{name}" the main card')
def make_main(vault: Vault, name: str) -> None:
    vault.make_main(published_card(name))


@given('the buyer has started to delete "{name}"')
@when('the buyer starts to delete "{name}"')
def want_to_delete(vault: Vault, name: str) -> None:
    vault.ask_to_delete(published_card(name))


@when("the buyer keeps the card")
def keep(vault: Vault, target: Target) -> None:
    if vault.question:
        return
    if vault.has_deleted(target.label("Bank cards")):
        not_offered("a question before a card is deleted")
    vault.press("Keep")


@when('the buyer deletes "{name}" in the vault')
def delete(vault: Vault, name: str) -> None:
    vault.delete(published_card(name))


@when('the buyer deletes "{one}" and "{other}"')
def delete_two(vault: Vault, one: str, other: str) -> None:
    vault.delete(published_card(one), published_card(other))


@when("the buyer deletes the main card")
def delete_main(vault: Vault) -> None:
    vault.delete_main()


@given('the buyer has changed the holder of "{name}" to "{holder}"')
@when('the buyer changes the holder of "{name}" to "{holder}"')
def edit_holder(vault: Vault, name: str, holder: str) -> None:
    vault.edit(published_card(name), "Card holder", holder)


@when('the buyer goes to the checkout with "{product}"')
def go_to_checkout(shop: Shop, product: str) -> None:
    shop.come_to_checkout(product)


@then("the shop warns that the buyer is leaving its site")
def warns_of_leaving(cards: ShopCards) -> None:
    if cards.question:
        return
    expect_page_of(cards, "You are about to leave the shop")
    expect(cards.way_out).to_be_visible()


@then("the buyer is at the vault")
def is_at_vault(vault: Vault) -> None:
    expect(vault.page).to_have_url(re.compile(re.escape(vault.url())))


@then("the vault shows the card management page")
def shows_management(vault: Vault, target: Target) -> None:
    expect(vault.heading).to_have_text(target.label("Bank cards"))
    expect(vault.control("Add card")).to_be_visible()


@then("the vault says that it holds one cent for a day or less")
def tells_of_cent(vault: Vault, target: Target) -> None:
    expect(vault.message).to_contain_text(one_day(target.label("one day or less")))
    amounts = AMOUNT.findall(vault.message.inner_text())
    one_cent = all(int(whole) == 0 and int(part) == 1 for whole, part in amounts)
    check_that("the message tells of no other amount than a cent", one_cent, amounts)


@then('the card "{name}" is being checked in the vault')
def is_being_checked(vault: Vault, target: Target, name: str) -> None:
    vault.show_cards()
    expect(vault.row(published_card(name))).to_contain_text(target.label("Being checked"))


@then('the link of the card "{name}" is final in the vault')
def is_linked_for_good(vault: Vault, target: Target, name: str) -> None:
    expect(vault.row(published_card(name))).to_contain_text(target.label("Linked"))
    expect(vault.message).to_have_count(0)


@then('"{name}" is chosen at the ' + "shop's checkout")
def is_chosen_at_checkout(shop: Shop, cards: ShopCards, name: str) -> None:
    shop.come_to_checkout("Felt slippers")
    cards.open_block(BLOCK)
    expect(cards.offered(published_card(name))).to_be_checked()


@then("the vault asks whether to delete 1 card")
def asks_before_deleting(vault: Vault, target: Target) -> None:
    if vault.question:
        return
    if vault.has_deleted(target.label("Bank cards")):
        not_offered("a question before a card is deleted")
    expect(vault.heading).to_have_text(re.compile(rf"{count_on_page(1).pattern}\D*[?؟]"))
    expect(vault.control("Confirm")).to_be_visible()
    expect(vault.control("Keep")).to_be_visible()


@then("the vault lists no card")
def lists_none(vault: Vault) -> None:
    vault.open_cards()
    expect_page_of(vault, "Bank cards")
    expect(vault.rows).to_have_count(0)


@then("the vault lists 1 card, which is the main one")
def lists_one_main(vault: Vault) -> None:
    # After a double press the page may be the form, which says that the card is already linked.
    vault.open_cards()
    expect(vault.rows).to_have_count(1)
    expect(vault.main_card_marks).to_be_visible()


@then('the vault lists "{name}" with the holder "{holder}"')
def lists_holder(vault: Vault, name: str, holder: str) -> None:
    expect(vault.row(published_card(name))).to_contain_text(holder)


@then("the vault says that the card was declined")
def card_was_refused(vault: Vault) -> None:
    expect(vault.announcements.first).to_be_visible()


@then("the vault keeps the other values, but not the security code")
def keeps_the_rest(vault: Vault) -> None:
    known = {"Address": data().address.street, "Card holder": data().card_holder}
    label = next(label for label in known if vault.asks_for(label))
    expect(vault.field(label)).to_have_value(known[label])
    expect(vault.field("Security code")).to_have_value("")
