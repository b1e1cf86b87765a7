"""What the tests of the wallet begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.wallet_bench import Bench, WalletVisitor, wallet_bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with wallet_bench(tmp_path) as bench:
        yield bench


@pytest.fixture
def buyer(bench: Bench) -> WalletVisitor:
    return bench.buyer()
