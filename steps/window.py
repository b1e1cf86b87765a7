"""The window on a phone that shows the purchase, and the cart before it (C3.1 to C3.3)."""

from __future__ import annotations

from checkout_conformance.expectations import check_that

from .currency import check_currency, check_prices, expect_products
from .pages.shop import Shop
from .pages.shop_mobile import ShopMobile
from .preparation import Preparation
from .support.sentences import given, then, when


@given('the cart contains "{one}", "{two}", {number:Count} "{three}" and "{four}"')
def four_in_cart(
    shop: Shop, prepare: Preparation, one: str, two: str, number: int, three: str, four: str
) -> None:
    prepare.fill_cart(shop, one, two, *[three] * number, four)


@given('the buyer has refused the purchase of "{one}" and "{other}"')
@when('the buyer refuses the purchase of "{one}" and "{other}"')
def refuse(shop: ShopMobile, one: str, other: str) -> None:
    shop.refuse(one, other)


@given('the buyer has ticked only "{one}" and "{other}" and pressed "{label}"')
@when('the buyer ticks only "{one}" and "{other}" and presses "{label}"')
def tick_two(shop: ShopMobile, one: str, other: str, label: str) -> None:
    shop.tick_only(one, other)
    shop.press(label)


@when('the buyer ticks only "{product}" and presses "{label}"')
def tick_one(shop: Shop, product: str, label: str) -> None:
    shop.tick_only(product)
    shop.press(label)


@when('the buyer changes the number of "{product}" in the cart to {number:Count}')
def change_number(shop: Shop, product: str, number: int) -> None:
    shop.change_pieces(product, number)


@then('the window shows {number:Count} "{one}" and "{other}", but neither "{third}" nor "{fourth}"')
def shows_two_products(
    shop: ShopMobile, number: int, one: str, other: str, third: str, fourth: str
) -> None:
    expect_products(shop, shop.window, {one: number, other: 1}, (third, fourth))
    _check_seen(shop, one, other)


@then('the order has {number:Count} "{one}" and "{other}", but neither "{third}" nor "{fourth}"')
def order_has_two_products(
    shop: Shop, number: int, one: str, other: str, third: str, fourth: str
) -> None:
    shop.wait_for_order()
    expect_products(shop, shop.main, {one: number, other: 1}, (third, fourth))
    check_currency(shop, "the order", shop.main, one)
    check_prices(shop, "the order", shop.row_in(shop.main, one), one, number)


@then('the window shows "{product}", but neither "{second}" nor "{third}"')
def shows_one_product(shop: ShopMobile, product: str, second: str, third: str) -> None:
    expect_products(shop, shop.window, {product: 1}, (second, third))
    _check_seen(shop, product)


def _check_seen(shop: ShopMobile, *products: str) -> None:
    """Check that the buyer sees these products in the window: none of them is hidden."""
    seen = _plain(shop.window.inner_text())
    for product in products:
        named = _plain(shop.target.label(product)) in seen
        check_that(f"the buyer sees {product!r}", named, seen)


def _plain(text: str) -> str:
    """``text`` with single spaces, in lower case: a style sheet may show it in capitals."""
    return " ".join(text.split()).casefold()
