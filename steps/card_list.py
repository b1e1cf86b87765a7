"""The list of cards on a phone, and the form that Add new card opens (C3.4, C3.5)."""

from __future__ import annotations

import re

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Page
from checkout_conformance.expectations import expect_that
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .card import APPROVED, PRODUCT_BY_THE_WAY
from .pages.shop_mobile import ShopMobile
from .pages.vault import Vault
from .preparation import Preparation
from .support.found_pages import expect_page
from .support.published_cards import published_card
from .support.sentences import given, then, when

# In the order of linking. Two are of one brand.
FIVE_CARDS = (
    "Mir, approved",
    "Visa, also approved",
    "American Express, approved",
    "Visa, approved",
    "Mastercard, approved",
)


@given("the buyer has linked five cards")
@asks(labels=["Card number"])
def has_linked_five(shop: ShopMobile, prepare: Preparation) -> None:
    prepare.link_in_shop(shop, PRODUCT_BY_THE_WAY, *map(published_card, FIVE_CARDS))


@given('the buyer has linked the cards "{one}", "{two}" and "{three}"')
@asks(labels=["Card number"])
def has_linked_three(
    shop: ShopMobile, prepare: Preparation, one: str, two: str, three: str
) -> None:
    cards = map(published_card, (one, two, three))
    prepare.link_in_shop(shop, PRODUCT_BY_THE_WAY, *cards)


@given('the buyer is at the list of cards with "{product}"')
def at_list(shop: ShopMobile, prepare: Preparation, product: str) -> None:
    prepare.come_to_checkout(shop, product)
    shop.go_on_to_cards()
    shop.answer_to("Add new card").wait_for()


@given('the buyer has come to the form for a new card with "{one}" and "{other}"')
def at_form_with_two(shop: ShopMobile, one: str, other: str) -> None:
    shop.tick_only(one, other)
    shop.press("Pay")
    shop.go_on_to_cards()
    shop.press("Add new card")
    shop.control("Done").wait_for()


@given('the buyer has bought with the card "{name}"')
@when('the buyer buys with the card "{name}"')
def buy(shop: ShopMobile, name: str) -> None:
    shop.choose_card(published_card(name))
    shop.press("Pay now")


@given('the buyer has gone on and bought with the card "{name}"')
@when('the buyer goes on and buys with the card "{name}"')
def go_on_and_buy(shop: ShopMobile, name: str) -> None:
    shop.go_on_to_cards()
    buy(shop, name)


@given('the buyer has bought "{product}" with the card "{name}" on the phone')
def has_bought(shop: ShopMobile, prepare: Preparation, product: str, name: str) -> None:
    prepare.come_to_checkout(shop, product)
    go_on_and_buy(shop, name)
    shop.wait_for_order()


@when("the buyer goes back and tries to buy again")
def go_back_and_buy(shop: ShopMobile) -> None:
    shop.go_back()
    if shop.control("Pay now").is_visible():
        shop.press("Pay now")


@when('the buyer opens the form for a new card with "{product}"')
def open_form(shop: ShopMobile, product: str) -> None:
    shop.come_to_card_form(product)


@given('the buyer has tried to link the card "{name}" on the phone')
def has_tried_to_link(shop: ShopMobile, name: str) -> None:
    shop.save_card(published_card(name))
    shop.control("Done").wait_for()


@given('the buyer has tried to link a card whose "{field}" is "{value}" on the phone')
def has_tried_to_link_changed(shop: ShopMobile, field: str, value: str) -> None:
    link_changed_card(shop, field, value)
    shop.control("Done").wait_for()


@when('the buyer links a card whose "{field}" is "{value}" on the phone')
def link_changed_card(shop: ShopMobile, field: str, value: str) -> None:
    shop.save_card(published_card(APPROVED), **{field: value})


@when('the buyer goes back and links the card "{name}" again')
def go_back_and_link(shop: ShopMobile, name: str) -> None:
    shop.go_back()
    shop.save_card(published_card(name))


@then('the five cards come before "{label}"')
def five_come_before(shop: ShopMobile, label: str) -> None:
    add = re.compile(re.escape(shop.target.label(label)))
    place = expect(shop.entries.nth(len(FIVE_CARDS)))
    expect_that(f"{label!r} comes next after five cards", place.to_have_text, add)
    for name in FIVE_CARDS:
        entry = expect(shop.entry_of(published_card(name)))
        expect_that(f"{name!r} is listed once", entry.to_have_count, 1)


@then('the switch "{label}" is off')
def switch_is_off(shop: ShopMobile, label: str) -> None:
    # Found by its role: what is hidden has none.
    expect(shop.box(label)).not_to_be_checked()


@then('the list has no card "{name}"')
def has_no_card(shop: ShopMobile, name: str) -> None:
    expect(shop.entry_of(published_card(name))).to_have_count(0)


@then("the four fields are empty")
def fields_are_empty(shop: ShopMobile) -> None:
    for field in shop.fields_of_card():
        expect(field).to_have_value("")


@then("the form for a card is not shown")
def form_is_not_shown(shop: ShopMobile) -> None:
    expect_page(shop)
    for field in shop.fields_of_card():
        expect(field).to_be_hidden()


@then('the card "{name}" is linked in the vault, too')
def is_linked_in_vault(page: Page, target: Target, prepare: Preparation, name: str) -> None:
    vault = Vault.on(page.context.new_page(), target)
    prepare.enter(vault, show=False)
    vault.open_cards()
    expect(vault.row(published_card(name))).to_have_count(1)
    vault.close()
