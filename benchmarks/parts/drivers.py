"""The processor time of the whole suite on each driver, reckoned from one part of it."""

from __future__ import annotations

import sys
from functools import partial

from benchmarks.measurement.command import measure
from benchmarks.measurement.session import BenchmarkSession
from benchmarks.report.comparison import Comparison, comparison_of

PARTS = 8
# Chosen by the time that they take, the same on every machine.
ONE_PART = ("--splits", str(PARTS), "--group", "1")
# Two short scenarios: little more than the start of a run.
NEXT_TO_NOTHING = ("-k", "test_a_wrong_code_pays_nothing")
DRIVERS = ("browser", "http")
NOTE = (
    "Both drivers ran the same scenarios with two workers, without evidence: one of the"
    f" {PARTS} parts of the suite that take equally long. What a run costs before its first"
    " scenario counts once. The processor time is that of all processes: workers, sites, browser."
)


def measure_drivers(session: BenchmarkSession) -> list[Comparison]:
    """Processor seconds of the whole suite, by driver."""
    runs = {driver: partial(_whole_suite, driver) for driver in DRIVERS}
    measured = session.interleave("drivers", runs)
    title = "Processor time of the whole suite, by driver"
    return [comparison_of(title, "CPU s", DRIVERS[0], measured, notes=(NOTE,))]


def _whole_suite(driver: str) -> float:
    start, part = (_spent(driver, *chosen) for chosen in (NEXT_TO_NOTHING, ONE_PART))
    return start + PARTS * (part - start)


def _spent(driver: str, *chosen: str) -> float:
    command = [sys.executable, "-m", "pytest", "features", "-q", "-n", "2", "--driver", driver]
    quietly = ["-p", "no:cacheprovider", "-p", "no:randomly", "-o", "timeout=0"]
    return measure([*command, *quietly, *chosen]).cpu
