"""One cent is a hundredth of some currency."""

from __future__ import annotations

import pytest

from steps.hold import is_one_cent


@pytest.mark.parametrize("currency", ["USD", "EUR", "RUB"])
def test_one_hundredth_is_a_cent(currency: str) -> None:
    assert is_one_cent(1, currency)


@pytest.mark.parametrize(("minor", "currency"), [(1, "JPY"), (1, "KWD"), (100, "USD"), (0, "USD")])
def test_anything_else_is_not(minor: int, currency: str) -> None:
    assert not is_one_cent(minor, currency)
