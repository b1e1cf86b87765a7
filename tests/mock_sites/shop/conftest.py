"""What the tests of the shop begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mock_sites.shop.domain.card_payments import CardPayments
from mock_sites.shop.domain.invoices import Invoices
from mock_sites.shop.store import OrderRow
from tests.support.shop_bench import Bench, Customer, shop_bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with shop_bench(tmp_path) as bench:
        yield bench


@pytest.fixture
def customer(bench: Bench) -> Customer:
    return bench.customer()


@pytest.fixture
def invoices(bench: Bench) -> Invoices:
    return bench.shop.invoices


@pytest.fixture
def order(bench: Bench) -> OrderRow:
    """An order to be paid through the wallet, which has not been asked yet."""
    return bench.place()


@pytest.fixture
def payments(bench: Bench) -> CardPayments:
    return bench.shop.card_payments


@pytest.fixture
def checkout(customer: Customer) -> str:
    customer.put_into_cart("teapot")
    return customer.buy("teapot")
