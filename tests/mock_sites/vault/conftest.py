"""What the tests of the vault begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.bare_vault import BareVault, bare_vault
from tests.support.vault_bench import Bench, VaultVisitor, vault_bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with vault_bench(tmp_path) as bench:
        yield bench


@pytest.fixture
def holder(bench: Bench) -> VaultVisitor:
    return bench.holder()


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
