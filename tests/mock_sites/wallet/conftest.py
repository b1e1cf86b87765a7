"""What the tests of the wallet begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.wallet_fixture import WalletFixture, WalletVisitor, wallet_fixture


@pytest.fixture
def fixture(tmp_path: Path) -> Iterator[WalletFixture]:
    with wallet_fixture(tmp_path) as fixture:
        yield fixture


@pytest.fixture
def buyer(fixture: WalletFixture) -> WalletVisitor:
    return fixture.buyer()


@pytest.fixture
def paid(fixture: WalletFixture) -> WalletFixture:
    """The wallet with a paid bill; the merchant has not been told yet."""
    fixture.pay_bill(fixture.buyer(), fixture.issue())
    return fixture
