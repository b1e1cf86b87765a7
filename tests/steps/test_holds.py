"""The cent that is held on a card: a hundredth of some currency, held once."""

from __future__ import annotations

import pytest

from checkout_conformance.expectations import UnmetExpectation
from steps.hold import are_one_held_cent, is_one_cent, only_hold_on, told


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


def hold(**changed: object) -> dict[str, object]:
    """A cent that is held, as the records of the vault tell it."""
    usual = {
        "amount_minor": 1,
        "currency": "RUB",
        "state": "HELD",
        "events": [{"state": "HELD"}],
        "times_held": 1,
        "times_given_back": 0,
    }
    return usual | changed


def test_one_cent_is_held() -> None:
    assert are_one_held_cent([hold()])


@pytest.mark.parametrize(
    ("holds", "words"),
    [
        ([], "nothing was held"),
        ([hold(amount_minor=100)], "RUB 1.00 HELD (trail: HELD; taken 1 x, given back 0 x)"),
        ([hold(state="RETURNED")], "RUB 0.01 RETURNED (trail: HELD; taken 1 x, given back 0 x)"),
        ([hold(times_held=2)], "RUB 0.01 HELD (trail: HELD; taken 2 x, given back 0 x)"),
    ],
)
def test_a_report_tells_in_words_what_is_wrong_with_a_hold(
    holds: list[dict[str, object]], words: str
) -> None:
    assert (are_one_held_cent(holds), told(holds)) == (False, words)
