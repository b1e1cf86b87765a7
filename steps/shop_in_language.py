"""The shop on a device whose language is not that of the run (C1, W2.1)."""

from __future__ import annotations

from collections.abc import Callable

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Context
from checkout_conformance.targets.target import Target

from .card import block_is_folded, method_is_chosen
from .linked_cards import first_card_can_be_entered
from .pages.shop import Shop
from .pages.shop_cards import ShopCards
from .preparation import Preparation
from .shop import lies_in_cart, offers_among_several
from .support.sentences import given, then, when


@given(
    "the buyer is signed in to the shop on a device in {language:Language}",
    target_fixture="shop_in_language",
)
def signed_in_in_language(
    new_context: Callable[..., Context], target: Target, prepare: Preparation, language: str
) -> Shop:
    shop = Shop.on(new_context(locale=language).new_page(), target)
    return prepare.enter_in_language(shop, language)


@when('the buyer opens "{label}" in the ' + "shop's menu on that device")
def open_in_menu(shop_in_language: Shop, label: str) -> None:
    shop_in_language.open_in_menu(label)


@when('the buyer opens the checkout with "{product}" on that device')
def come_to_checkout(shop_in_language: Shop, product: str) -> None:
    shop_in_language.come_to_checkout(product)


@when('the buyer opens the block "{label}" at the checkout with "{product}" on that device')
def open_block(shop_in_language: Shop, label: str, product: str) -> None:
    shop_in_language.come_to_checkout(product)
    _cards(shop_in_language).open_block(label)


@when('the buyer chooses "{answer}" on that device')
def choose(shop_in_language: Shop, answer: str) -> None:
    shop_in_language.choose(answer)


@then('on that device "{product}" is in the cart')
def lies_in_cart_there(shop_in_language: Shop, product: str) -> None:
    lies_in_cart(shop_in_language, product)


@then('on that device the block "{label}" is folded')
def block_is_folded_there(shop_in_language: Shop, label: str) -> None:
    block_is_folded(_cards(shop_in_language), label)


@then('on that device the method "{label}" is already chosen')
def method_is_chosen_there(shop_in_language: Shop, label: str) -> None:
    method_is_chosen(_cards(shop_in_language), label)


@then('on that device there is the button "{label}"')
def can_be_pressed_there(shop_in_language: Shop, label: str) -> None:
    expect(shop_in_language.control(label)).to_be_visible()


@then("on that device the first card can be entered at once")
def first_card_can_be_entered_there(shop_in_language: Shop) -> None:
    first_card_can_be_entered(_cards(shop_in_language))


@then('on that device the shop offers "{option}" among several options')
def offers_among_several_there(shop_in_language: Shop, option: str) -> None:
    offers_among_several(shop_in_language, option)


def _cards(shop: Shop) -> ShopCards:
    """The same tab, with the parts of the checkout that are about cards."""
    return ShopCards.on(shop.page, shop.target)
