"""The processor time of the whole suite on each driver is reckoned from the same scenarios."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from benchmarks.measurement.command import Run
from benchmarks.measurement.session import BenchmarkSession
from benchmarks.parts import drivers
from benchmarks.parts.drivers import measure_drivers

COSTS = {("browser", False): 10.0, ("browser", True): 110.0}
COSTS |= {("http", False): 8.0, ("http", True): 20.0}


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Sequence[str]]]:
    """The selections that were measured, by driver; a part costs more than next to nothing."""
    chosen: dict[str, list[Sequence[str]]] = {"browser": [], "http": []}

    def measure(command: Sequence[str]) -> Run:
        driver = command[command.index("--driver") + 1]
        options = tuple(command[-len(drivers.ONE_PART) :])
        is_part = options == drivers.ONE_PART
        chosen[driver].append(options if is_part else tuple(command[-2:]))
        return Run(1.0, COSTS[driver, is_part])

    monkeypatch.setattr(drivers, "measure", measure)
    return chosen


def test_the_start_of_a_run_counts_once_and_each_scenario_as_its_part(
    chosen: dict[str, list[Sequence[str]]],
) -> None:
    [part] = measure_drivers(BenchmarkSession(1))
    assert {figure.name: figure.values for figure in part.figures} == {
        "browser": (10.0 + 8 * 100.0,),
        "http": (8.0 + 8 * 12.0,),
    }


def test_both_drivers_run_the_same_scenarios(chosen: dict[str, list[Sequence[str]]]) -> None:
    measure_drivers(BenchmarkSession(1))
    assert chosen["browser"] == chosen["http"] == [drivers.NEXT_TO_NOTHING, drivers.ONE_PART]
