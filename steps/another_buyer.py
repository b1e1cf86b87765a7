"""Another buyer of the shop, and another phone of the same buyer."""

from __future__ import annotations

import pytest

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Page
from checkout_conformance.people import Buyer, invent_buyer
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .card import PRODUCT_BY_THE_WAY
from .pages.shop_mobile import ShopMobile
from .preparation import Preparation
from .support.controls import Controls
from .support.published_cards import published_card
from .support.sentences import given, then


@pytest.fixture
def other_buyer(controls: Controls, buyer_seed: str) -> Buyer:
    """Another buyer, who has an account with the shop."""
    other = invent_buyer(f"{buyer_seed} other")
    controls.add_shop_customer(other.phone, other.password, other.name)
    return other


@pytest.fixture
def other_shop(
    other_buyer: Buyer, other_device: Page, target: Target, prepare: Preparation
) -> ShopMobile:
    """The shop on the phone of another buyer, who is signed in."""
    shop = ShopMobile.on(other_device, target)
    prepare.enter(shop, show=False, buyer=other_buyer)
    return shop


@given('another buyer has linked the card "{name}" on a phone')
@asks(labels=["Card number"])
def another_has_linked(
    other_shop: ShopMobile, other_buyer: Buyer, controls: Controls, name: str
) -> None:
    card = published_card(name)
    Preparation(controls, other_buyer).link_in_shop(other_shop, PRODUCT_BY_THE_WAY, card)


@then('on another phone the list of cards has "{name}"')
def is_listed_on_another_device(
    other_device: Page, target: Target, prepare: Preparation, name: str
) -> None:
    shop = ShopMobile.on(other_device, target)
    prepare.enter(shop, show=False)
    shop.come_to_cards(PRODUCT_BY_THE_WAY)
    expect(shop.entry_of(published_card(name))).to_have_count(1)
