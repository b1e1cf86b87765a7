"""The sites that tests of the shared core look at: all together, or one alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.stack_fixture import StackFixture, stack_fixture
from tests.support.vault_fixture import VaultFixture, vault_fixture
from tests.support.wallet_fixture import WalletFixture, wallet_fixture


@pytest.fixture
def sites(tmp_path: Path) -> Iterator[StackFixture]:
    with stack_fixture(tmp_path) as sites:
        yield sites


@pytest.fixture
def wallet(tmp_path: Path) -> Iterator[WalletFixture]:
    with wallet_fixture(tmp_path) as fixture:
        yield fixture


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[VaultFixture]:
    with vault_fixture(tmp_path) as fixture:
        yield fixture
