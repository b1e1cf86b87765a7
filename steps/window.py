"""The window on a phone that shows the purchase, and the cart before it (C3.1 to C3.3)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Locator
from checkout_conformance.expectations import check_that, expect_that
from checkout_conformance.people import Buyer

from .pages.shop import Shop
from .pages.shop_mobile import ShopMobile
from .preparation import Preparation
from .support.controls import Controls
from .support.sentences import given, then, when

SIX_PRODUCTS = (
    "Felt slippers",
    "Tea glass with holder",
    "Reading lamp",
    "Linden honey, 500 g",
    "Puzzle, 500 pieces",
    "Electric samovar, 3 l",
)


@given('the cart contains "{one}", "{two}", {number:Count} "{three}" and "{four}"')
def four_in_cart(
    shop: Shop, prepare: Preparation, one: str, two: str, number: int, three: str, four: str
) -> None:
    prepare.fill_cart(shop, one, two, *[three] * number, four)


@given("the cart contains six products")
def six_in_cart(shop: Shop, prepare: Preparation) -> None:
    prepare.fill_cart(shop, *SIX_PRODUCTS)


@given('the buyer has refused the purchase of "{one}" and "{other}"')
@when('the buyer refuses the purchase of "{one}" and "{other}"')
def refuse(shop: ShopMobile, one: str, other: str) -> None:
    shop.refuse(one, other)


@given('the buyer has taken "{product}" out of the cart in another tab')
def taken_out_in_another_tab(shop: Shop, product: str) -> None:
    with shop.in_another_tab() as other:
        other.take_out_of_cart(product)
        expect(other.line(product)).to_have_count(0)


@given('the buyer has ticked only "{one}" and "{other}" and pressed "{label}"')
@when('the buyer ticks only "{one}" and "{other}" and presses "{label}"')
def tick_two(shop: ShopMobile, one: str, other: str, label: str) -> None:
    shop.tick_only(one, other)
    shop.press(label)


@when('the buyer ticks only "{product}" and presses "{label}"')
def tick_one(shop: ShopMobile, product: str, label: str) -> None:
    shop.tick_only(product)
    shop.press(label)


@when('the buyer ticks all six products and presses "{label}"')
def tick_six(shop: ShopMobile, label: str) -> None:
    shop.tick_only(*SIX_PRODUCTS)
    shop.press(label)


@then('the window shows {number:Count} "{one}" and "{other}", but neither "{third}" nor "{fourth}"')
def shows_two_products(
    shop: ShopMobile, number: int, one: str, other: str, third: str, fourth: str
) -> None:
    _expect_products(shop, shop.window, {one: number, other: 1}, (third, fourth))


@then('the order has {number:Count} "{one}" and "{other}", but neither "{third}" nor "{fourth}"')
def order_has_two_products(
    shop: ShopMobile, number: int, one: str, other: str, third: str, fourth: str
) -> None:
    shop.wait_for_order()
    _expect_products(shop, shop.main, {one: number, other: 1}, (third, fourth))


@then('the window shows "{product}", but neither "{second}" nor "{third}"')
def shows_one_product(shop: ShopMobile, product: str, second: str, third: str) -> None:
    _expect_products(shop, shop.window, {product: 1}, (second, third))


@then("the window shows the six products")
def shows_six_products(shop: ShopMobile) -> None:
    _expect_products(shop, shop.window, dict.fromkeys(SIX_PRODUCTS, 1))


@then('the window asks for the price of {number:Count} "{one}" and "{other}"')
def asks_for_price(shop: ShopMobile, number: int, one: str, other: str) -> None:
    wanted, shown = _prices(shop, number, one, other), shop.amounts_of(shop.window)
    what = f"the window asks for the price of {number} pieces and of the other product"
    check_that(what, bool(wanted & shown), sorted(shown))


@then('the card was charged the price of {number:Count} "{one}" and "{other}"')
def price_was_charged(
    shop: ShopMobile, controls: Controls, buyer: Buyer, number: int, one: str, other: str
) -> None:
    wanted = _prices(shop, number, one, other)
    charged = [charge.amount for charge in controls.charges(buyer.phone)]
    what = f"the price of {number} pieces and of the other product was charged, once"
    check_that(what, len(charged) == 1 and charged[0] in wanted, charged)


@then('"{product}" is not in the cart any more')
def is_not_in_cart(shop: Shop, product: str) -> None:
    shop.open_cart()
    expect(shop.heading).to_have_text(shop.target.label("Cart"))
    expect(shop.line(product)).to_have_count(0)


@then('neither "{one}" nor "{other}" is in the cart any more')
def two_are_not_in_cart(shop: Shop, one: str, other: str) -> None:
    is_not_in_cart(shop, one)
    expect(shop.line(other)).to_have_count(0)


@then("the cart lists the six products")
def lists_six_products(shop: Shop) -> None:
    _expect_in_cart(shop, *SIX_PRODUCTS)


@then('"{product}" is still in the cart')
def is_still_in_cart(shop: Shop, product: str) -> None:
    shop.open_cart()
    _expect_in_cart(shop, product)


@then('"{one}" and "{other}" are still in the cart')
def are_still_in_cart(shop: Shop, one: str, other: str) -> None:
    shop.open_cart()
    _expect_in_cart(shop, one, other)


def _prices(shop: ShopMobile, number: int, one: str, other: str) -> set[Decimal]:
    """What some pieces of a product and one of another may cost, by the amounts on their pages."""
    others = shop.prices_of(other)
    return {number * price + more for price in shop.prices_of(one) for more in others}


def _expect_in_cart(shop: Shop, *products: str) -> None:
    for product in products:
        line = expect(shop.line(product))
        expect_that(f"{product!r} is in the cart", line.to_be_visible)


def _expect_products(
    shop: ShopMobile, part: Locator, wanted: Mapping[str, int], others: Collection[str] = ()
) -> None:
    """Check that a part of the page shows products, each with its number of pieces, not others."""
    for product, pieces in wanted.items():
        words = shop.target.label(product)
        expect_that(f"{product!r} is shown", expect(part).to_contain_text, words)
        if pieces > 1:
            line = expect(shop.line_of(product, part).first)
            expect_that(f"{product!r} is there {pieces} times", line.to_have_text, _alone(pieces))
    for product in others:
        words = shop.target.label(product)
        expect_that(f"{product!r} is not shown", expect(part).not_to_contain_text, words)


def _alone(number: int) -> re.Pattern[str]:
    """Finds a number of pieces in a text: no part of an amount or of a longer number."""
    return re.compile(rf"(?<![\d.,]){number}(?!\d|[.,]\d)")
