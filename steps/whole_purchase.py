"""The whole purchase: all that was ticked of five products, and nothing else (C1.2, C3.2, C3.6)."""

from __future__ import annotations

import re

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Locator
from checkout_conformance.expectations import expect_that
from checkout_conformance.targets.needed import asks

from .address import order_goes_to
from .cart import TWELVE_PRODUCTS, expect_in_cart
from .currency import expect_products
from .pages.shop import Shop
from .pages.shop_mobile import ShopMobile
from .preparation import Preparation
from .support.card_masks import any_card
from .support.found_pages import expect_page_of
from .support.published_cards import published_card
from .support.sentences import given, then, when

# What lies in the cart already, and how many pieces of it.
EARLIER = {
    "Linden honey, 500 g": 1,
    "Reading lamp": 2,
    "Puzzle, 500 pieces": 1,
    "Porcelain teapot": 3,
}
ADDED = "Felt slippers"


@given("four products are in the cart, of some more than one piece")
@asks(labels=[*EARLIER])
def four_in_cart(shop: Shop, prepare: Preparation) -> None:
    prepare.fill_cart(shop, *(name for name, pieces in EARLIER.items() for _ in range(pieces)))
    for product in EARLIER:
        shop.line(product).wait_for()


@when('the buyer ticks everything but "{product}" and presses "{label}"')
@asks("ticks")
def tick_all_but(shop: Shop, product: str, label: str) -> None:
    shop.tick_only(*(one for one in (*EARLIER, ADDED) if one != product))
    shop.press(label)


@when('the buyer goes back to the cart and presses "{label}" without a ticked product')
@asks("ticks")
def press_without_tick(shop: Shop, label: str) -> None:
    shop.tick_only()
    shop.press(label)


@then(
    'the checkout has {number:Count} piece of "{product}", and nothing else',
    'the checkout has {number:Count} pieces of "{product}", and nothing else',
)
def checkout_has_only(shop: Shop, number: int, product: str) -> None:
    _expect_only(shop, shop.purchase, {product: number})


@then('the checkout has the four other products, but not "{product}"')
def checkout_has_all_but(shop: Shop, product: str) -> None:
    _expect_only(shop, shop.purchase, _all_but(product))


@then('the order has the four other products and goes to "{street}", without "{product}"')
def order_has_all_but(shop: Shop, street: str, product: str) -> None:
    order_goes_to(shop, street)
    _expect_only(shop, shop.part_with(*_all_but(product)), _all_but(product))


@then('"{product}" is not in the cart')
def is_not_in_cart(shop: Shop, product: str) -> None:
    expect_in_cart(shop, gone=product)
    expect_page_of(shop, "Cart")


# The list of cards on a phone


@given("the form for a new card is open in another tab", target_fixture="form_tab")
def form_in_another_tab(shop: ShopMobile) -> ShopMobile:
    tab = shop.copy_tab()
    tab.press("Add new card")
    tab.control("Done").wait_for()
    return tab


@given('the buyer has refused the purchase of "{product}" alone')
def has_refused(shop: ShopMobile, product: str) -> None:
    shop.refuse(product)
    shop.line(product).wait_for(state="hidden")


@when('the buyer refuses the purchase of everything but "{product}"')
def refuse_all_but(shop: ShopMobile, product: str) -> None:
    shop.refuse(*_all_but(product))


@when('the buyer links the card "{name}" in that tab')
def link_in_that_tab(form_tab: ShopMobile, name: str) -> None:
    form_tab.save_card(published_card(name))


@when('the buyer pays the purchase with "{method}"')
def pay_otherwise(shop: ShopMobile, method: str) -> None:
    shop.choose_method(method)
    shop.press("Pay now")


@then('the list begins with {number:Count} cards, and "{label}" comes next')
def list_begins_with(shop: ShopMobile, number: int, label: str) -> None:
    add = re.compile(re.escape(shop.target.label(label)))
    next_entry = expect(shop.entries.nth(number))
    expect_that(f"{label!r} comes after {number} cards", next_entry.to_have_text, add)
    for place in range(number):
        entry = expect(shop.entries.nth(place))
        expect_that(f"entry {place + 1} is a card", entry.to_have_text, any_card())


def _all_but(product: str) -> dict[str, int]:
    pieces = EARLIER | {ADDED: 1}
    return {name: number for name, number in pieces.items() if name != product}


def _expect_only(shop: Shop, part: Locator, wanted: dict[str, int]) -> None:
    """Check that a part of the page has these products with their pieces, and no other."""
    expect_products(shop, part, wanted, {*TWELVE_PRODUCTS} - wanted.keys())
