"""What a deviant that was written blind gets wrong shows on some page.

One for each clause here; EVERY_DEVIANT=1 walks them all, which takes minutes.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest

from checkout_conformance.clauses import read_clauses
from checkout_conformance.deviants.collection import deviants_named
from checkout_conformance.deviants.deviant import BLIND, Deviant
from deviants.change import Change
from deviants.serve import changed
from mock_sites.__main__ import CREATE
from tests.support import card_journeys, phone_journeys, wallet_journeys
from tests.support.journeys import Differs, Journey
from tests.support.stack_fixture import stack_fixture

BLIND_ONES = [one for one in deviants_named() if one.kind == BLIND]
LEAST_FOR_A_CLAUSE = 6
ONE_A_CLAUSE = list({one.clause: one for one in reversed(BLIND_ONES)}.values())
WALKED = BLIND_ONES if os.environ.get("EVERY_DEVIANT") else ONE_A_CLAUSE
# No deviant is a page that fails.
BROKEN = re.compile("5[0-9][0-9] ")
Way = Callable[[Journey], None]
# The ways that pass by a clause.
WAYS: dict[str, Sequence[Way]] = {
    "W1.1": [wallet_journeys.choose],
    "W1.2": [wallet_journeys.choose, wallet_journeys.enter],
    "W1.3": [wallet_journeys.choose, wallet_journeys.enter],
    "W1.4": [wallet_journeys.enter],
    "W1.5": [wallet_journeys.enter],
    "W1.6": [wallet_journeys.codes, wallet_journeys.choose],
    "W2.1": [wallet_journeys.checkout_with_wallet],
    "W2.2": [wallet_journeys.checkout_with_wallet],
    "W2.3": [wallet_journeys.invoices],
    "W2.4": [wallet_journeys.invoices],
    "W2.5": [wallet_journeys.invoices],
    "W2.6": [wallet_journeys.paid],
    "C1.1": [card_journeys.cart],
    "C1.2": [card_journeys.cart],
    "C1.3": [card_journeys.block],
    "C1.4": [card_journeys.block],
    "C1.5": [card_journeys.link],
    "C1.6": [card_journeys.block, card_journeys.link],
    "C1.7": [card_journeys.cart, card_journeys.link],
    "C2.1": [card_journeys.vault],
    "C2.2": [card_journeys.vault],
    "C2.3": [card_journeys.manage],
    "C2.4": [card_journeys.vault],
    "C2.5": [card_journeys.manage, card_journeys.vault],
    "C2.6": [card_journeys.manage],
    "C3.1": [phone_journeys.phone_cart],
    "C3.2": [phone_journeys.phone_cart],
    "C3.3": [phone_journeys.phone_cart],
    "C3.4": [phone_journeys.phone_cards],
    "C3.5": [phone_journeys.phone_cards],
    "C3.6": [phone_journeys.phone_cards],
}


def travel(way: Way, expected: Sequence[str] | None = None) -> list[str]:
    with TemporaryDirectory() as data, stack_fixture(Path(data)) as stack:
        journey = Journey(stack, expected)
        way(journey)
        return journey.record


@cache
def on_the_reference(way: Way) -> list[str]:
    return travel(way)


def difference(deviant: Deviant, way: Way) -> str | None:
    """The first thing that a journey on the deviant sees otherwise than on the reference."""
    expected, change = on_the_reference(way), Change()
    deviant.make(change)
    create = {deviant.site: changed(CREATE[deviant.site], change)}
    with change.of_rules(), patch.dict(CREATE, create):
        try:
            travel(way, expected)
        except Differs as found:
            return str(found)
    return None


def test_six_blind_ones_for_every_clause() -> None:
    count = Counter(deviant.clause for deviant in BLIND_ONES)
    assert [clause for clause in read_clauses() if count[clause] < LEAST_FOR_A_CLAUSE] == []


def test_no_blind_one_knows_a_scenario() -> None:
    assert [deviant.name for deviant in BLIND_ONES if deviant.caught_by] == []


@pytest.mark.parametrize("way", dict.fromkeys(way for ways in WAYS.values() for way in ways))
def test_the_reference_is_the_same_twice(way: Way) -> None:
    assert travel(way) == on_the_reference(way)


@pytest.mark.parametrize("deviant", WALKED, ids=lambda deviant: deviant.name)
def test_what_is_wrong_shows(deviant: Deviant) -> None:
    found = (difference(deviant, way) for way in WAYS[deviant.clause])
    first = next((each for each in found if each is not None), None)
    assert first is not None
    assert not BROKEN.match(first)
