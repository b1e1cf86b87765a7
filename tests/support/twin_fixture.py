"""A site of a twin for a test, without a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.collection import twins_named
from tests.support.shop_fixture import ShopFixture, shop_fixture
from tests.support.vault_fixture import VaultFixture, vault_fixture
from tests.support.wallet_fixture import WalletFixture, wallet_fixture


@contextmanager
def wallet_twin(name: str, data: Path) -> Iterator[WalletFixture]:
    """The wallet of a twin."""
    change = change_of(name)
    with change.of_rules(), wallet_fixture(data) as fixture:
        change.of_site(fixture.site.app)
        yield fixture


@contextmanager
def shop_twin(name: str, data: Path) -> Iterator[ShopFixture]:
    """The shop of a twin."""
    change = change_of(name)
    with change.of_rules(), shop_fixture(data) as fixture:
        change.of_site(fixture.site.app)
        yield fixture


@contextmanager
def vault_twin(name: str, data: Path) -> Iterator[VaultFixture]:
    """The vault of a twin."""
    change = change_of(name)
    with change.of_rules(), vault_fixture(data) as fixture:
        change.of_site(fixture.site.app)
        yield fixture


def change_of(name: str) -> TwinChange:
    """What a twin changes."""
    [twin] = twins_named([name])
    change = TwinChange(twin.pages)
    twin.make(change)
    return change
