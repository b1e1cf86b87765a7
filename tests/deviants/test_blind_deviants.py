"""What a deviant that was written blind gets wrong shows on some page.

One for each clause here; EVERY_DEVIANT=1 walks them all, which takes minutes.
"""

from __future__ import annotations

import os
import re
from collections import Counter

import pytest

from checkout_conformance.clauses import read_clauses
from checkout_conformance.deviants.collection import deviants_named
from checkout_conformance.deviants.deviant import BLIND
from tests.support.journeys.effects import WAYS, Way, difference, on_the_reference, travel

BLIND_ONES = [one for one in deviants_named() if one.kind == BLIND]
LEAST_FOR_A_CLAUSE = 6
ONE_A_CLAUSE = list({one.clause: one for one in reversed(BLIND_ONES)}.values())
WALKED = BLIND_ONES if os.environ.get("EVERY_DEVIANT") else ONE_A_CLAUSE
# No deviant is a page that fails.
BROKEN = re.compile("5[0-9][0-9] ")


def test_six_blind_ones_for_every_clause() -> None:
    count = Counter(deviant.clause for deviant in BLIND_ONES)
    assert [clause for clause in read_clauses() if count[clause] < LEAST_FOR_A_CLAUSE] == []


def test_no_blind_one_knows_a_scenario() -> None:
    assert [deviant.name for deviant in BLIND_ONES if deviant.caught_by] == []


# As many as EVERY_DEVIANT=1 asks for: a way with twenty deviants takes minutes on a busy machine.
@pytest.mark.timeout(600)
@pytest.mark.parametrize("way", dict.fromkeys(way for ways in WAYS.values() for way in ways))
def test_what_is_wrong_shows_and_nothing_else(way: Way, subtests: pytest.Subtests) -> None:
    # One test a way, since a worker walks each way that it needs on the reference first.
    assert travel(way) == on_the_reference(way)
    for deviant in (one for one in WALKED if WAYS[one.clause][0] is way):
        with subtests.test(deviant.name):
            found = (difference(deviant, way) for way in WAYS[deviant.clause])
            first = next((each for each in found if each is not None), None)
            assert first is not None
            assert not BROKEN.match(first)
