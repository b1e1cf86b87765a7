"""The shop's products, changed for one scenario and restored after it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from checkout_conformance.drivers.page import Page
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .pages.shop import Shop
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.products import Products
from .support.sentences import given


@pytest.fixture
def products(controls: Controls) -> Iterator[Products]:
    """The shop's products, restored when the scenario ends."""
    products = Products(controls)
    yield products
    products.restore()


@given('the price of "{product}" has become {money:Money}')
@asks("products")
def price_has_become(
    page: Page, target: Target, products: Products, product: str, money: NamedAmount
) -> None:
    with Shop.on(page, target).in_another_tab() as shop:
        products.change(shop.slug_of(product), price_minor=money.minor)


@given('"{product}" is no longer sold')
@asks("products")
def is_sold_no_more(page: Page, target: Target, products: Products, product: str) -> None:
    with Shop.on(page, target).in_another_tab() as shop:
        products.change(shop.slug_of(product), on_sale=False)
