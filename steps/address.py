"""The delivery address in the window on a phone (C3.3)."""

from __future__ import annotations

import re
from functools import partial

from checkout_conformance.drivers.expect import expect
from checkout_conformance.expectations import expect_that
from checkout_conformance.people import Buyer

from .card import PRODUCT_BY_THE_WAY
from .data import data
from .pages.shop import Shop
from .pages.shop_mobile import ShopMobile
from .preparation import Preparation
from .support.controls import Controls
from .support.sentences import given, then, when


@given('the buyer has had orders sent to "{one}", "{two}" and "{three}"')
def has_three_addresses(
    shop: ShopMobile, prepare: Preparation, one: str, two: str, three: str
) -> None:
    addresses = map(_known, (one, two, three))
    prepare.keep_addresses(shop, PRODUCT_BY_THE_WAY, *addresses)


@given('another buyer has had an order sent to "{street}"')
def another_has_address(
    other_shop: ShopMobile, other_buyer: Buyer, controls: Controls, street: str
) -> None:
    preparation = Preparation(controls, other_buyer)
    preparation.keep_addresses(other_shop, PRODUCT_BY_THE_WAY, {"street": street})


@given('the buyer has chosen the address "{street}" and pressed "{label}"')
@when('the buyer chooses the address "{street}" and presses "{label}"')
def choose_and_press(shop: ShopMobile, street: str, label: str) -> None:
    shop.choose_address(street)
    shop.press(label)


@when('the buyer goes back, chooses the address "{street}" and presses "{label}"')
def go_back_and_choose(shop: ShopMobile, street: str, label: str) -> None:
    shop.go_back()
    choose_and_press(shop, street, label)


@when('the buyer changes the address "{street}" to "{new}" and presses "{label}"')
def edit_and_press(shop: ShopMobile, street: str, new: str, label: str) -> None:
    shop.edit_address(street, new)
    shop.press(label)


@given('the buyer has begun a purchase of "{product}" to "{street}" in another tab')
def other_purchase_to(shop: ShopMobile, prepare: Preparation, product: str, street: str) -> None:
    tab = shop.new_tab()
    prepare.come_to_checkout(tab, product)
    choose_and_press(tab, street, "Pay")
    tab.entries.first.wait_for()


@given('the buyer has given the new address "{street}" and pressed "{label}"')
@when('the buyer gives the new address "{street}" and presses "{label}"')
def give_new_address(shop: ShopMobile, street: str, label: str) -> None:
    shop.give_new_address({"street": street})
    shop.press(label)


@given('the buyer has had "{product}" sent to the address "{street}"')
def has_bought_to(shop: ShopMobile, prepare: Preparation, product: str, street: str) -> None:
    prepare.come_to_checkout(shop, product)
    choose_and_press(shop, street, "Pay")
    shop.press("Pay now")
    shop.wait_for_order()


@when('the buyer opens the window with "{product}"')
def open_window(shop: ShopMobile, product: str) -> None:
    shop.come_to_checkout(product)


@then('the window offers the addresses "{one}", "{two}" and "{three}"')
def offers_addresses(shop: ShopMobile, one: str, two: str, three: str) -> None:
    shop.open_addresses()
    for street in (one, two, three):
        choice = expect(shop.kept_address(street))
        expect_that(f"the address {street!r} can be chosen", choice.to_be_enabled)


@then('the window does not show the address "{street}"')
def does_not_show(shop: ShopMobile, street: str) -> None:
    expect(shop.address).to_be_visible()
    expect(shop.main).not_to_contain_text(street)


@then('the address "{street}" is chosen')
def is_chosen(shop: ShopMobile, street: str) -> None:
    expect(shop.address).to_be_visible()
    check = expect(shop.kept_address(street)).to_be_checked
    if shop.shows_one_address():
        whole = re.compile(rf"{re.escape(street)}(?!\d)")
        check = partial(expect(shop.address).to_contain_text, whole)
    expect_that(f"the address {street!r} is chosen", check)


@then('the order goes to "{street}"')
def order_goes_to(shop: Shop, street: str) -> None:
    shop.wait_for_order()
    for what, value in _known(street).items():
        told = f"the order goes to {street!r}: its {what} is {value!r}"
        expect_that(told, expect(shop.main).to_contain_text, value)


def _known(street: str) -> dict[str, str]:
    """The values of the described address with this street; the street alone if there is none."""
    address = data().known_address(street)
    if address is None or address.recipient is None:
        return {"street": street}
    return address.model_dump(include={"recipient", "city", "street", "postal_code"})
