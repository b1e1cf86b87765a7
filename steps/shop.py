"""The shop: cart, checkout, orders (W2.1, W2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from checkout_conformance.drivers.capabilities import Capability, needs
from checkout_conformance.drivers.choices import expect_chosen
from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Page
from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target, not_offered

from .currency import expect_products
from .pages.cleanup import clean_up
from .pages.shop import Shop
from .pages.shop_mobile import ShopMobile
from .pages.wallet import Wallet
from .preparation import Preparation
from .support.controls import Controls
from .support.found_pages import expect_page_of
from .support.sentences import given, then, when


@pytest.fixture
def shop(page: Page, target: Target, request: pytest.FixtureRequest) -> Iterator[Shop]:
    """The shop in the buyer's browser; on a phone if the scenario has the tag @mobile.

    In a real shop, what a scenario has ordered is cleaned up afterwards, as far as possible.
    """
    kind: type[Shop] = Shop
    if request.node.get_closest_marker("mobile"):
        target.require("mobile")
        kind = ShopMobile
    yield kind.on(page, target)
    if target.press_guard and target.press_guard.pressed:
        clean_up(kind.on(page.context.new_page(), target), target.press_guard)


@given("the buyer has an account with the shop")
def has_account(controls: Controls, buyer: Buyer) -> None:
    controls.add_shop_customer(buyer.phone, buyer.password, buyer.name)


@given("the buyer is signed in to the shop")
def signed_in_to_shop(shop: Shop, prepare: Preparation) -> None:
    prepare.enter(shop, show=False)


@given("the buyer is signed in to the shop and to the wallet")
def signed_in(shop: Shop, wallet: Wallet, prepare: Preparation) -> None:
    prepare.enter(wallet, show=False)
    prepare.enter(shop, show=False)


@given("the buyer has signed in by the shop's form")
def signed_in_by_form(shop: Shop, wallet: Wallet, prepare: Preparation, buyer: Buyer) -> None:
    # The cookies of a session made by a control may be unlike those that the form sets.
    shop.page.context.clear_cookies()
    shop.come_in_as(buyer)
    prepare.enter(wallet, show=False)


@given('the buyer is at the checkout with "{product}"')
def at_checkout(shop: Shop, prepare: Preparation, product: str) -> None:
    prepare.come_to_checkout(shop, product)


@given('the buyer is ready to confirm an order of "{product}" with the wallet')
def ready_to_confirm(shop: Shop, prepare: Preparation, product: str) -> None:
    prepare.come_to_checkout(shop, product)
    shop.get_ready_to_confirm()


@given('the buyer has ordered "{product}" with the wallet')
@when('the buyer orders "{product}" with the wallet')
def has_ordered(shop: Shop, prepare: Preparation, product: str) -> None:
    prepare.order_with_wallet(shop, product)
    shop.wait_for_order()


@given("the buyer has cancelled the order in the shop")
def cancelled(shop: Shop) -> None:
    shop.open_newest_order()
    shop.press("Cancel order")


@given("the buyer has opened the wallet from the link of the order")
@when("the buyer opens the wallet from the link of the order")
def came_by_link(shop: Shop) -> None:
    shop.open_newest_order()
    shop.press("Open the wallet")


@given("the buyer has cancelled the order in another tab")
def cancelled_in_another_tab(page: Page, target: Target) -> None:
    with Shop.on(page, target).in_another_tab() as shop:
        cancelled(shop)


@when('the buyer puts "{product}" into the cart')
def put_into_cart(shop: Shop, product: str) -> None:
    shop.put_into_cart(product)


@given('the cart contains "{one}" and "{other}"')
def two_in_cart(shop: Shop, prepare: Preparation, one: str, other: str) -> None:
    prepare.fill_cart(shop, one, other)


@given('the cart contains "{product}"')
def one_in_cart(shop: Shop, prepare: Preparation, product: str) -> None:
    prepare.fill_cart(shop, product)


@when('the buyer ticks "{product}" in the cart')
@asks("ticks")
def tick(shop: Shop, product: str) -> None:
    shop.tick(product)


@when('the buyer buys only "{product}"')
@asks("ticks")
def buy_only(shop: Shop, product: str) -> None:
    shop.tick(product)
    shop.press("Buy")


@when('the buyer takes "{product}" out of the cart')
def take_out(shop: Shop, product: str) -> None:
    shop.take_out_of_cart(product)


@when("the buyer returns to the shop's main page")
def return_to_main_page(shop: Shop) -> None:
    shop.open()


@when("the buyer closes the tab", target_fixture="shop")
def close_tab(shop: Shop) -> Shop:
    another = shop.new_tab()
    shop.close()
    return another


@when("the buyer starts the order")
def start_order(shop: Shop) -> None:
    shop.start_order()


@when('the buyer opens the checkout with "{product}"')
def come_to_checkout(shop: Shop, product: str) -> None:
    shop.come_to_checkout(product)


@when("the buyer reloads the page")
def reload(page: Page) -> None:
    page.reload()


@given("the buyer has given an address for the delivery")
@when("the buyer gives an address for the delivery")
def give_address(shop: Shop) -> None:
    shop.give_address()


@when('the buyer chooses "{answer}"')
def choose(shop: Shop, answer: str) -> None:
    shop.choose(answer)


@given('the buyer has chosen "{one}" and then "{other}"')
@when('the buyer chooses "{one}" and then "{other}"')
def choose_both(shop: Shop, one: str, other: str) -> None:
    shop.choose(one)
    shop.choose(other)


@when("the buyer confirms the order")
def confirm(shop: Shop) -> None:
    shop.press("Confirm order")


@when("the buyer confirms the order with the wallet again")
def confirm_again(shop: Shop) -> None:
    shop.press("Confirm order")
    shop.wait_for_order()


@when("the buyer confirms the order by a double press")
def confirm_twice(shop: Shop) -> None:
    shop.press_twice("Confirm order")
    shop.wait_for_order()


@when('the buyer opens "{label}" in the ' + "shop's menu")
def open_in_menu(shop: Shop, label: str) -> None:
    shop.open()
    shop.open_in_menu(label)


@then('the shop offers "{option}" among several options')
def offers_among_several(shop: Shop, option: str) -> None:
    expect(shop.answer(option)).to_be_enabled()
    expect(shop.several_online_options(option)).to_be_visible()


@then('the shop does not show the option "{option}" yet')
@needs(Capability.STYLESHEET)
def does_not_show(shop: Shop, option: str) -> None:
    expect(shop.payment).to_be_visible()
    expect(shop.answer(option)).to_be_hidden()


@then('"{option}" is still chosen')
def still_chosen(shop: Shop, option: str) -> None:
    expect_chosen(shop.answer(option), shop.page)


@then("the shop asks how to pay")
def asks_how_to_pay(shop: Shop) -> None:
    expect(shop.payment).to_have_accessible_description(re.compile(r"\S"))


@then("the shop asks for the address")
def asks_for_address(shop: Shop) -> None:
    if shop.gave_address_first:
        not_offered("the address and the payment on one page")
    expect(shop.field("City")).to_have_attribute("aria-invalid", "true")


@then("the shop has filled in the buyer's phone")
def phone_is_filled_in(shop: Shop, buyer: Buyer) -> None:
    if shop.phone_at_first is None:
        expect(shop.field("Phone number")).to_have_value(buyer.phone)
    else:
        told = shop.phone_at_first or "an empty field, which the buyer has to fill in"
        check_that("the shop fills in the phone", shop.phone_at_first == buyer.phone, told)


@then("the shop asks the buyer to tick a product")
@asks("ticks")
def asks_to_tick(shop: Shop) -> None:
    expect(shop.announcements.first).to_be_visible()
    expect(shop.cart_lines.first).to_be_visible()


@then('the checkout has "{one}" but not "{other}"')
def checkout_has(shop: Shop, one: str, other: str) -> None:
    expect_products(shop, shop.purchase, {one: 1}, (other,))


@then('"{product}" is in the cart')
def lies_in_cart(shop: Shop, product: str) -> None:
    expect(shop.line(product)).to_be_visible()


@then("the cart is empty")
def cart_is_empty(shop: Shop) -> None:
    expect_page_of(shop, "Cart")
    expect(shop.cart_lines).to_have_count(0)


@then("the buyer has no order")
def has_no_order(shop: Shop) -> None:
    has_orders(shop, 0)
    expect_page_of(shop, "My orders")


@then("the buyer has {number:Count} order", "the buyer has {number:Count} orders")
def has_orders(shop: Shop, number: int) -> None:
    shop.open_orders()
    expect(shop.orders).to_have_count(number)
