"""The cent that is held on a card: a hundredth of some currency, held once."""

from __future__ import annotations

import pytest

from checkout_conformance.expectations import UnmetExpectation
from steps.hold import is_one_cent, only_hold_on


@pytest.mark.parametrize("currency", ["USD", "EUR", "RUB"])
def test_one_hundredth_is_a_cent(currency: str) -> None:
    assert is_one_cent(1, currency)


@pytest.mark.parametrize(("minor", "currency"), [(1, "JPY"), (1, "KWD"), (100, "USD"), (0, "USD")])
def test_anything_else_is_not(minor: int, currency: str) -> None:
    assert not is_one_cent(minor, currency)


def test_the_hold_on_a_card_is_known_by_its_last_digits() -> None:
    holds = [{"last_four": "1111"}, {"last_four": "0000"}]
    assert only_hold_on(holds, "Visa, approved") is holds[0]


@pytest.mark.parametrize("holds", [[], [{"last_four": "1111"}] * 2], ids=["none", "two"])
def test_another_number_of_holds_is_the_sites_deviation(holds: list[dict[str, str]]) -> None:
    with pytest.raises(UnmetExpectation, match="one cent is held on 'Visa, approved'"):
        only_hold_on(holds, "Visa, approved")
