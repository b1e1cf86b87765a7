"""Several machines share the suite: together they run every scenario, and each of them once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tools.shards import Recorder, parts, read_durations, shard

ROOT = Path(__file__).parents[2]
PYTEST = [sys.executable, "-m", "pytest", "features", "--collect-only", "-q"]


def collected(*options: str) -> list[str]:
    """The scenarios that a run with these options would go through."""
    command = [*PYTEST, "-p", "no:cacheprovider", *options]
    environment = {name: text for name, text in os.environ.items() if "PYTEST" not in name}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return [line for line in done.stdout.splitlines() if "::" in line]


def test_three_shards_have_every_scenario_once_in_whatever_order_they_are_collected() -> None:
    whole = collected()
    shared = [
        name
        for number in (1, 2, 3)
        for name in collected("--shard", f"{number}/3", f"--randomly-seed={number}")
    ]
    assert len(whole) > 200
    assert sorted(shared) == sorted(whole)


def test_the_parts_do_not_depend_on_the_order() -> None:
    names = [f"test_{number}" for number in range(50)]
    seconds = {name: float(number % 7) for number, name in enumerate(names)}
    mixed = random.Random(1).sample(names, len(names))
    assert parts(names, seconds, 4) == parts(mixed, seconds, 4)


def test_the_parts_take_about_as_long() -> None:
    names = [f"test_{number}" for number in range(100)]
    seconds = {name: 1.0 + number % 10 for number, name in enumerate(names)}
    loads = [sum(seconds[name] for name in part) for part in parts(names, seconds, 3)]
    assert max(loads) - min(loads) <= 10


def test_what_was_never_timed_is_shared_out_too() -> None:
    names = ["known", *(f"new_{number}" for number in range(9))]
    shared = parts(names, {"known": 2.0}, 2)
    assert sorted(name for part in shared for name in part) == sorted(names)
    assert {len(part) for part in shared} == {5}


@pytest.mark.parametrize("text", ["", "0/3", "4/3", "1", "a/b", "1/0"])
def test_what_is_no_part_is_refused(text: str) -> None:
    with pytest.raises(pytest.UsageError, match="second of three"):
        shard(text)


def test_every_phase_of_a_test_counts(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "durations.json")
    for when, duration in (("setup", 0.5), ("call", 1.26), ("teardown", 0.25)):
        report = pytest.TestReport("one", ("", 0, ""), {}, "passed", None, when, (), duration)  # type: ignore[arg-type]
        recorder.pytest_runtest_logreport(report)
    recorder.pytest_sessionfinish()
    assert read_durations(tmp_path / "durations.json") == {"one": 2.0}


def test_most_scenarios_have_been_timed() -> None:
    timed = read_durations()
    known = [name for name in collected() if name in timed]
    assert len(known) > 200, "type: make durations"
