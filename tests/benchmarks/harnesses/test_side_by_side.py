"""A suite is divided among processes, which run side by side."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.harnesses.shares import shares
from benchmarks.harnesses.side_by_side import joined
from benchmarks.measurement.command import RunFailed, measure
from benchmarks.peers.stack import own_stack

# Writes the name of the wallet that the process is to use.
WALLET = (
    "import sys; from benchmarks.peers.stack import own_stack; "
    "open(sys.argv[1], 'w').write(own_stack()['wallet'])"
)


def test_scenarios_are_divided_evenly_among_workers() -> None:
    assert shares(60, 7) == [9, 9, 9, 9, 8, 8, 8]
    assert shares(2, 3) == [1, 1]


def test_of_several_at_a_time_the_worst_status_counts() -> None:
    with pytest.raises(RunFailed):
        measure(joined([["true"], ["false"], ["true"]]))
    assert measure(joined([["true"], ["true"]])).wall > 0


def test_each_command_has_its_own_stack_of_sites(tmp_path: Path) -> None:
    files = [tmp_path / "first", tmp_path / "second"]
    stacks = {"WALK_STACKS": '[{"wallet": "one"}, {"wallet": "other"}]'}
    measure(joined([[sys.executable, "-c", WALLET, str(file)] for file in files]), stacks)
    assert [file.read_text() for file in files] == ["one", "other"]


def test_a_worker_of_xdist_has_its_own_stack_of_sites(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WALK_STACKS", '[{"wallet": "one"}, {"wallet": "other"}]')
    monkeypatch.delenv("WALK_WORKER", raising=False)
    found = []
    # A worker that takes the place of a lost one has the next number.
    for worker in ("gw0", "gw1", "gw2"):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", worker)
        found.append(own_stack()["wallet"])
    assert found == ["one", "other", "one"]
