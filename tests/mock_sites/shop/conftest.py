"""What the tests of the shop begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mock_sites.shop.domain.card_payments import CardPayments
from mock_sites.shop.domain.invoices import Invoices
from mock_sites.shop.store import OrderRow
from tests.support.shop_fixture import Customer, ShopFixture, shop_fixture


@pytest.fixture
def fixture(tmp_path: Path) -> Iterator[ShopFixture]:
    with shop_fixture(tmp_path) as fixture:
        yield fixture


@pytest.fixture
def customer(fixture: ShopFixture) -> Customer:
    return fixture.customer()


@pytest.fixture
def invoices(fixture: ShopFixture) -> Invoices:
    return fixture.shop.invoices


@pytest.fixture
def order(fixture: ShopFixture) -> OrderRow:
    """An order to be paid through the wallet, which has not been asked yet."""
    return fixture.place()


@pytest.fixture
def payments(fixture: ShopFixture) -> CardPayments:
    return fixture.shop.card_payments


@pytest.fixture
def checkout(customer: Customer) -> str:
    customer.put_into_cart("teapot")
    return customer.buy("teapot")
