"""A measured harness, and the sites that its workers get."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measurement.command import Run


@dataclass(frozen=True)
class Harness:
    """A harness; ``workers`` as many as there are cores here (part ``settings`` tries more).

    ``run`` takes the number of scenarios and of workers.
    """

    name: str
    workers: int
    run: Callable[[int, int], Run]


def stacks_for(workers: int) -> int:
    """The number of stacks of sites: one for each worker.

    Our harness starts one in each worker, so the others get as many.
    """
    return workers


def with_sites(workers: int, command: Sequence[str | Path]) -> list[str]:
    """The command that serves the sites of ``workers`` while ``command`` runs."""
    serving = [sys.executable, "-m", "benchmarks.harnesses.with_sites", str(stacks_for(workers))]
    return [*serving, *map(str, command)]
