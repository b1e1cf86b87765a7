"""An unseen deviant goes wrong somewhere on a way past its clause.

One for each procedure here; EVERY_DEVIANT=1 walks them all, which takes minutes.
"""

from __future__ import annotations

import os

import pytest

from checkout_conformance.deviants.collection import deviants_to_list
from checkout_conformance.deviants.deviant import UNSEEN, Deviant
from tests.support.journeys import effects, unseen_journeys

EVERY_ONE = deviants_to_list(kind=UNSEEN)
ONE_A_PROCEDURE = list({one.clause.partition(".")[0]: one for one in reversed(EVERY_ONE)}.values())
DEVIANTS = EVERY_ONE if os.environ.get("EVERY_DEVIANT") else ONE_A_PROCEDURE


@pytest.mark.parametrize("deviant", DEVIANTS, ids=[deviant.name for deviant in DEVIANTS])
def test_an_unseen_deviant_goes_wrong(deviant: Deviant) -> None:
    own = unseen_journeys.WAYS.get(deviant.name)
    ways = effects.WAYS[deviant.clause] if own is None else [own]
    found = next((seen for way in ways if (seen := effects.difference(deviant, way))), None)
    assert found is not None
    assert not found.startswith("5"), "a page fails"
