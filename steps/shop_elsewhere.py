"""What was done in the shop on another device or by another buyer (C1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Context, Locator
from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target, not_offered

from .card import PRODUCT_BY_THE_WAY
from .pages.shop import Shop
from .pages.shop_cards import ShopCards
from .preparation import Preparation
from .support.controls import Controls
from .support.published_cards import published_card
from .support.sentences import given, then, when

OpenShop = Callable[[Buyer], AbstractContextManager[Shop]]


@pytest.fixture
def shop_elsewhere(new_context: Callable[..., Context], target: Target) -> OpenShop:
    """Sign a buyer in to the shop in a browser that shares nothing with the first one."""

    @contextmanager
    def open_shop(buyer: Buyer) -> Iterator[Shop]:
        with Shop.on(new_context().new_page(), target).beforehand(show=False) as shop:
            # By the form: a precondition of the target would not set what signing in sets.
            shop.come_in_as(buyer)
            yield shop

    return open_shop


@given('the buyer has put {number:Count} pieces of "{product}" into the cart on another device')
def filled_cart_elsewhere(
    shop_elsewhere: OpenShop, buyer: Buyer, number: int, product: str
) -> None:
    with shop_elsewhere(buyer) as shop:
        shop.put_pieces_into_cart(product, number)
        shop.open_cart()
        shop.line(product).wait_for()


@given('the buyer has linked the card "{name}" on another device')
@asks(labels=["Card number"])
def linked_elsewhere(
    shop_elsewhere: OpenShop, prepare: Preparation, buyer: Buyer, name: str
) -> None:
    with shop_elsewhere(buyer) as shop:
        _link_and_leave(shop, prepare, name)


@given('another buyer has put "{product}" into the cart')
def other_filled_cart(
    shop_elsewhere: OpenShop, controls: Controls, other_buyer: Buyer, product: str
) -> None:
    with shop_elsewhere(other_buyer) as shop:
        Preparation(controls, other_buyer).fill_cart(shop, product)
        shop.line(product).wait_for()


@given('another buyer has linked the card "{name}" in the shop')
@asks(labels=["Card number"])
def other_linked(
    shop_elsewhere: OpenShop, controls: Controls, other_buyer: Buyer, name: str
) -> None:
    with shop_elsewhere(other_buyer) as shop:
        _link_and_leave(shop, Preparation(controls, other_buyer), name)


@given('another buyer has opened the checkout with "{product}"', target_fixture="others_checkout")
def other_opened_checkout(shop_elsewhere: OpenShop, other_buyer: Buyer, product: str) -> str:
    with shop_elsewhere(other_buyer) as shop:
        shop.come_to_checkout(product)
        # An address that shows its own buyer nothing would prove nothing.
        if not _purchase_of(shop, product).count():
            not_offered("a first page of the checkout that shows the purchase")
        return shop.page.url


@when("the buyer opens the address of that checkout")
def open_others_checkout(shop: Shop, others_checkout: str) -> None:
    shop.page.goto(others_checkout)


@then('the buyer sees no purchase of "{product}"')
def sees_no_purchase(shop: Shop, product: str) -> None:
    expect(_purchase_of(shop, product)).to_have_count(0)


def _purchase_of(shop: Shop, product: str) -> Locator:
    return shop.purchase.filter(has_text=shop.target.label(product))


def _link_and_leave(shop: Shop, prepare: Preparation, name: str) -> None:
    prepare.link_in_shop(shop, PRODUCT_BY_THE_WAY, published_card(name))
    profile = ShopCards.on(shop.page, shop.target)
    profile.open_profile()
    profile.linked_card(published_card(name)).wait_for()
