"""The cost of a scenario in suites of 10, 100 and 1,000 scenarios."""

from __future__ import annotations

from functools import partial

from benchmarks.harnesses.catalogue import OURS
from benchmarks.measurement.session import BenchmarkSession
from benchmarks.report.comparison import Comparison, comparison_of

SIZES = (10, 100, 1000)


def measure_growth(session: BenchmarkSession) -> list[Comparison]:
    """Seconds a scenario of ever larger suites; level is linear growth."""
    runs = {f"{size} scenarios": partial(_each, size) for size in SIZES}
    measured = session.interleave("growth", runs)
    return [
        comparison_of(
            "Seconds a scenario, by the size of the suite", "s", "100 scenarios", measured
        )
    ]


def _each(size: int) -> float:
    return OURS.run(size, OURS.workers).wall / size
