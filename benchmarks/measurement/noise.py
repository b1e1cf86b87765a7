"""Detect a machine that is too busy for reliable figures.

The same small piece of work is timed before every run. On a quiet machine it always takes as long;
other work slows it down, as it slows down the runs.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

ROUNDS_OF_WORK = 400_000
# Of the quickest; on an idle machine it stays within five per cent.
TOO_FAR_APART = 0.25


def reference_work() -> float:
    """Seconds that a fixed piece of work takes now."""
    began = time.perf_counter()
    total = 0
    for number in range(ROUNDS_OF_WORK):
        total += number * number
    return time.perf_counter() - began


@dataclass
class Noise:
    """The times of the reference work in a benchmark session."""

    seconds: list[float] = field(default_factory=list)

    def sample(self) -> None:
        """Time the reference work once more."""
        self.seconds.append(min(reference_work() for _ in range(3)))

    @property
    def slowdown(self) -> float:
        """How far the slow tenth lay above the quickest, as a part of the quickest."""
        return slowdown(self.seconds)

    @property
    def too_much(self) -> bool:
        """Whether the figures cannot be trusted."""
        return self.slowdown > TOO_FAR_APART


def slowdown(seconds: Sequence[float]) -> float:
    """How far the slow tenth of these times lies above the quickest, as a part of the quickest."""
    if len(seconds) < 2:
        return 0.0
    slow = statistics.quantiles(seconds, n=10, method="inclusive")[-1]
    return slow / min(seconds) - 1
