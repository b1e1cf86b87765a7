"""What the tests of the vault begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.bare_vault import BareVault, bare_vault
from tests.support.vault_fixture import VaultFixture, VaultVisitor, vault_fixture


@pytest.fixture
def fixture(tmp_path: Path) -> Iterator[VaultFixture]:
    with vault_fixture(tmp_path) as fixture:
        yield fixture


@pytest.fixture
def holder(fixture: VaultFixture) -> VaultVisitor:
    return fixture.holder()


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[BareVault]:
    with bare_vault(tmp_path) as bare:
        yield bare


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Do something once, while the issuer is waited for."""

    def arrange(act: Callable[[], object]) -> None:
        left = [act]

        def wait(_seconds: float) -> None:
            if left:
                left.pop()()

        monkeypatch.setattr("mock_sites.vault.domain.issuer.wait", wait)

    return arrange
