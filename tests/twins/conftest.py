"""The twin of a test: the test has the twin's name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.shop_fixture import Customer, ShopFixture
from tests.support.twin_fixture import shop_twin, vault_twin, wallet_twin
from tests.support.vault_fixture import MASTERCARD, VaultFixture, VaultVisitor
from tests.support.wallet_fixture import WalletFixture


@pytest.fixture
def twin_name(request: pytest.FixtureRequest) -> str:
    """The name of the twin, by the name of the test."""
    return str(request.node.originalname).removeprefix("test_").replace("_", "-")


@pytest.fixture
def wallet(twin_name: str, tmp_path: Path) -> Iterator[WalletFixture]:
    """The twin's wallet."""
    with wallet_twin(twin_name, tmp_path) as fixture:
        yield fixture


@pytest.fixture
def shop(twin_name: str, tmp_path: Path) -> Iterator[ShopFixture]:
    """The twin's shop."""
    with shop_twin(twin_name, tmp_path) as fixture:
        yield fixture


@pytest.fixture
def vault(twin_name: str, tmp_path: Path) -> Iterator[VaultFixture]:
    """The twin's vault."""
    with vault_twin(twin_name, tmp_path) as fixture:
        yield fixture


@pytest.fixture
def customer(shop: ShopFixture) -> Customer:
    """A customer with a teapot in the cart."""
    shop.shop.carts.add(shop.person().id, "teapot", 2)
    return shop.customer()


@pytest.fixture
def on_phone(shop: ShopFixture) -> Customer:
    """The same on a phone."""
    shop.shop.carts.add(shop.person().id, "teapot", 2)
    return shop.customer_on_phone()


@pytest.fixture
def holder(vault: VaultFixture) -> VaultVisitor:
    """Somebody with a linked card."""
    holder = vault.holder()
    vault.vault(MASTERCARD)
    return holder
