"""What rounds have measured: the smallest, the middle and the largest, and ratios between them."""

from __future__ import annotations

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One thing, measured once in every round."""

    name: str
    unit: str
    values: tuple[float, ...]

    @property
    def least(self) -> float:
        """The smallest."""
        return min(self.values)

    @property
    def middle(self) -> float:
        """The median."""
        return statistics.median(self.values)

    @property
    def most(self) -> float:
        """The largest."""
        return max(self.values)

    @property
    def spread(self) -> float:
        """How far apart the rounds were, as a part of the median."""
        return (self.most - self.least) / self.middle if self.middle else 0.0


def ratio(figure: Figure, base: Figure) -> float:
    """How much of ``base`` a figure is: the median over rounds of the ratio within a round.

    Rounds are interleaved, so what disturbs one of them disturbs both numbers of a ratio.
    """
    pairs = zip(figure.values, base.values, strict=True)
    return statistics.median(one / other for one, other in pairs)
