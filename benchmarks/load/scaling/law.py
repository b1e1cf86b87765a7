"""The Universal Scalability Law (Gunther), fitted to what was measured.

X(n) = X(1) n / (1 + a (n - 1) + b n (n - 1)). ``a`` is the share of the work that waits for the
one before (contention), ``b`` the cost of agreeing with every other one (coherency).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Law:
    """A fitted law: the throughput of one, and the two parameters, which are not negative."""

    of_one: float
    contention: float
    coherency: float

    def at(self, n: float) -> float:
        """The throughput of ``n``."""
        waits = self.contention * (n - 1) + self.coherency * n * (n - 1)
        return self.of_one * n / (1 + waits)

    @property
    def best(self) -> float:
        """The number with the highest throughput; infinite if more is never worse."""
        if self.coherency == 0:
            return math.inf
        return math.sqrt(max(1 - self.contention, 0) / self.coherency)

    @property
    def highest(self) -> float:
        """The throughput that no number exceeds; infinite if it grows for ever."""
        if self.coherency == 0:
            return self.of_one / self.contention if self.contention else math.inf
        return self.at(max(self.best, 1))


def fit(measured: Mapping[int, float]) -> Law:
    """Fit the law to throughputs by their numbers, of which 1 is one.

    With y = X(1) n / X(n) - 1 the law is y / (n - 1) = a + b n: a straight line, whose least
    squares have an answer without a search. Each point counts by its relative error in X. If a
    parameter would be negative it is 0, and the other one is fitted alone. Raises ValueError for
    fewer than two numbers, without 1, or for a throughput that is not above 0.
    """
    if 1 not in measured or len(measured) < 2 or min(measured.values()) <= 0:
        raise ValueError("give the throughput of 1 and of one more, all above 0")
    of_one = measured[1]
    points = [
        # The relative error of X is about that of n / X: dy / (1 + y).
        ((n - 1) * found / (of_one * n), n, of_one * n / found - 1)
        for n, found in measured.items()
        if n > 1
    ]
    # Columns of the weighted equations a p + b q = r.
    rows = [(w, w * n, w * y / (n - 1)) for w, n, y in points]
    pp, pq, qq = (sum(r[i] * r[j] for r in rows) for i, j in ((0, 0), (0, 1), (1, 1)))
    pr, qr = (sum(r[i] * r[2] for r in rows) for i in (0, 1))
    determinant = pp * qq - pq * pq
    if len(rows) > 1 and determinant > 0:
        contention = (pr * qq - qr * pq) / determinant
        coherency = (qr * pp - pr * pq) / determinant
        if contention >= 0 and coherency >= 0:
            return Law(of_one, contention, coherency)
        if contention < 0:
            return Law(of_one, 0.0, max(qr / qq, 0.0))
    return Law(of_one, max(pr / pp, 0.0), 0.0)
