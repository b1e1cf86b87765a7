"""A few hundred random operations of each machine; ``tests.mock_sites.machines`` makes more."""

from __future__ import annotations

import pytest

from tests.mock_sites.machines import MACHINES
from tests.mock_sites.machines.machine import Machine, run

RUNS = 4


@pytest.mark.parametrize("machine", MACHINES)
def test_what_must_hold_holds_whatever_happens(machine: type[Machine]) -> None:
    before = Machine.operations

    run(machine, RUNS)

    assert Machine.operations > before
