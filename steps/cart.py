"""Several products and pieces in the cart, and what of them goes to the checkout (C1.1, C1.2)."""

from __future__ import annotations

from decimal import Decimal

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Page
from checkout_conformance.expectations import check_that, expect_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .currency import check_currency, check_prices, expect_products
from .pages.shop import Shop
from .preparation import Preparation
from .shop import lies_in_cart
from .support.controls import Controls
from .support.counts import numbers_before_times, says_number
from .support.sentences import given, then, when

TWELVE_PRODUCTS = (
    "Black tea, 100 g",
    "Linden honey, 500 g",
    "Tula gingerbread",
    "Electric samovar, 3 l",
    "Tea glass with holder",
    "Porcelain teapot",
    "Woollen blanket",
    "Reading lamp",
    "Felt slippers",
    "Nesting doll Матрёшка",
    "Travel chess شطرنج",
    "Puzzle, 500 pieces",
)


@given('the cart contains "{one}", {number:Count} pieces of "{many}" and "{other}"')
def three_in_cart(
    shop: Shop, prepare: Preparation, one: str, number: int, many: str, other: str
) -> None:
    prepare.fill_cart(shop, one, *[many] * number, other)
    for product in (one, many, other):
        shop.line(product).wait_for()


@given("the cart contains twelve different products")
@asks(labels=TWELVE_PRODUCTS)
def twelve_in_cart(shop: Shop, prepare: Preparation) -> None:
    prepare.fill_cart(shop, *TWELVE_PRODUCTS)


@given("the buyer has signed out of the shop")
def signed_out(shop: Shop) -> None:
    shop.sign_out()


@given('the buyer has started to buy only "{product}"')
@asks("ticks")
def started_to_buy(shop: Shop, product: str) -> None:
    shop.tick(product)
    shop.press("Buy")
    shop.purchase.wait_for()


@given('the buyer has started to buy "{one}" and "{other}"')
@asks("ticks")
def started_to_buy_two(shop: Shop, one: str, other: str) -> None:
    shop.tick(one)
    started_to_buy(shop, other)


@given('the buyer has taken "{product}" out of the cart')
def has_taken_out(shop: Shop, product: str) -> None:
    shop.take_out_of_cart(product)
    shop.line(product).wait_for(state="hidden")


@given('the buyer has taken "{product}" out of the cart in another tab')
def taken_out_in_another_tab(page: Page, target: Target, product: str) -> None:
    with Shop.on(page, target).in_another_tab() as shop:
        has_taken_out(shop, product)


@when('the buyer puts {number:Count} pieces of "{product}" into the cart')
def put_pieces_into_cart(shop: Shop, number: int, product: str) -> None:
    shop.put_pieces_into_cart(product, number)


@when('the buyer ticks "{product}" in the cart and unticks it again')
@asks("ticks")
def tick_and_untick(shop: Shop, product: str) -> None:
    shop.tick(product)
    shop.untick(product)


@when("the buyer buys everything in the cart")
def buy_everything(shop: Shop) -> None:
    shop.open_cart()
    shop.tick_everything()
    shop.press("Buy")


@when('the buyer goes back to the cart and buys only "{product}"')
@asks("ticks")
def buy_something_else(shop: Shop, product: str) -> None:
    shop.open_cart()
    shop.tick(product)
    shop.press("Buy")


@then(
    'the cart has {number:Count} pieces of "{product}"',
    'the cart has {number:Count} piece of "{product}"',
)
def cart_has_pieces(shop: Shop, number: int, product: str) -> None:
    shop.open_cart()
    lies_in_cart(shop, product)
    field = shop.quantity_of(product)
    if field.count():
        expect_that(f"the cart has {number} pieces", expect(field).to_have_value, str(number))
    else:
        amounts, prices = shop.amounts_of(shop.row_of(product)), shop.prices_of(product)
        whole = max(amounts, default=Decimal()) in {number * price for price in prices}
        check_that(f"the cart asks for the price of {number} pieces", whole, _written(amounts))
    # A cart need not show prices; those that it shows are the product's.
    check_prices(shop, "the cart", shop.row_of(product), product, number)
    check_currency(shop, "the cart", shop.row_of(product), product)


@then('the cart has "{one}" and "{two}" but not "{gone}"')
def cart_has_two(shop: Shop, one: str, two: str, gone: str) -> None:
    expect_in_cart(shop, one, two, gone=gone)


@then('the cart has "{product}" but not "{gone}"')
def cart_has(shop: Shop, product: str, gone: str) -> None:
    expect_in_cart(shop, product, gone=gone)


@then("all twelve products are in the cart")
def twelve_lie_in_cart(shop: Shop) -> None:
    for product in TWELVE_PRODUCTS:
        lies_in_cart(shop, product)


@then("the checkout has all twelve products")
def checkout_has_twelve(shop: Shop) -> None:
    expect_products(shop, shop.purchase, dict.fromkeys(TWELVE_PRODUCTS, 1))


@then('the checkout has "{product}" but neither "{one}" nor "{other}"')
def checkout_has_only(shop: Shop, product: str, one: str, other: str) -> None:
    expect_products(shop, shop.purchase, {product: 1}, (one, other))


@then('the checkout has "{one}" and "{two}" but not "{other}"')
def checkout_has_two(shop: Shop, one: str, two: str, other: str) -> None:
    expect_products(shop, shop.purchase, {one: 1, two: 1}, (other,))


@then('the checkout asks for the price of {number:Count} pieces of "{many}" and of "{one}"')
def checkout_asks_for(shop: Shop, number: int, many: str, one: str) -> None:
    row = shop.row_in_purchase(many)
    prices = shop.prices_of(many)
    whole = {number * price for price in prices}
    pieces = says_number(row.inner_text(), number) or shop.amounts_of(row) & whole
    check_that(f"the checkout shows {number} pieces", bool(pieces), row.inner_text())
    shown = shop.list_of_amounts(row)
    # Beside the number of pieces the price of one may stand, but not again as that of them all.
    single = not whole & {*shown} and any(shown.count(price) > 1 for price in prices)
    what = f"the checkout shows no price of one piece as that of {number} pieces"
    check_that(what, not single, row.inner_text())
    wanted, asked = _sums(shop, number, many, one), shop.amounts_of(shop.purchase)
    what = f"the checkout asks for the price of {number} pieces and of the other product"
    check_that(what, bool(wanted & asked), _written(asked))
    counted = numbers_before_times(row.inner_text(), shop.target.label(many))
    right = row is shop.purchase or not counted or number in counted
    check_that(f"the checkout multiplies by {number}", right, row.inner_text())
    check_currency(shop, "the checkout", shop.purchase, many)


@then('the shop has taken the price of {number:Count} pieces of "{many}" and of "{one}"')
@asks("records")
def has_taken(
    shop: Shop, controls: Controls, buyer: Buyer, number: int, many: str, one: str
) -> None:
    wanted, taken = _sums(shop, number, many, one), controls.amounts_captured(buyer.phone)
    what = f"the shop has taken the price of {number} pieces and of the other product, once"
    check_that(what, len(taken) == 1 and taken[0] in wanted, _written(taken))


@then("the shop has taken no money")
@asks("records")
def has_taken_nothing(controls: Controls, buyer: Buyer) -> None:
    taken = controls.amounts_captured(buyer.phone)
    check_that("the shop has taken no money", not taken, _written(taken))


def expect_in_cart(shop: Shop, *products: str, gone: str) -> None:
    """Open the cart, and check that it has these products and not the one that is gone."""
    shop.open_cart()
    for product in products:
        lies_in_cart(shop, product)
    expect(shop.line(gone)).to_have_count(0)


def _sums(shop: Shop, number: int, many: str, one: str) -> set[Decimal]:
    """What some pieces of a product and one of another may cost, by the amounts on their pages."""
    others = shop.prices_of(one)
    return {number * price + other for price in shop.prices_of(many) for other in others}


def _written(amounts: set[Decimal] | list[Decimal]) -> str:
    return ", ".join(f"{amount:f}" for amount in sorted(amounts)) or "no amount"
