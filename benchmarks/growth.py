"""Whether a suite of a thousand scenarios costs what a hundred of ten cost."""

from __future__ import annotations

from functools import partial

from benchmarks.bench import Bench
from benchmarks.contenders import OURS
from benchmarks.part import Part, part_of

SIZES = (10, 100, 1000)


def measure_growth(bench: Bench) -> list[Part]:
    """Seconds a scenario of ever larger suites; level is linear growth."""
    runs = {f"{size} scenarios": partial(_each, size) for size in SIZES}
    measured = bench.interleave("growth", runs)
    return [part_of("Seconds a scenario, by the size of the suite", "s", "100 scenarios", measured)]


def _each(size: int) -> float:
    return OURS.run(size, OURS.workers).wall / size
