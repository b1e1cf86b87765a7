"""Counts of a load that did not happen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checkout_conformance.load.job import CLAUSE, VISIT, Counted, Failure, Row

Make = Callable[..., Counted]


def row(kind: str, name: str, times: int = 100, failures: int = 0, p95: float = 80) -> Row:
    """A row whose times are all ``p95``."""
    return Row(
        kind=kind,
        name=name,
        times=times,
        failures=failures,
        mean=p95,
        median=p95,
        p95=p95,
        p99=p95,
        longest=p95,
    )


@pytest.fixture
def counted() -> Make:
    """Make counts: 100 visits of W1 with two clauses; ``failures`` of them at W1.6."""

    def make(failures: int = 0, p95: float = 80, lost: int = 0) -> Counted:
        return Counted(
            rows=[
                row(VISIT, "W1", failures=failures),
                row(CLAUSE, "W1.5", p95=20),
                row(CLAUSE, "W1.6", failures=failures, p95=p95),
            ],
            failures=[Failure(kind=CLAUSE, name="W1.6", reason="<b>no page</b>", times=failures)]
            if failures
            else [],
            visits_by_second={0: 40, 1: 60},
            requests_by_second={0: 400, 1: 600},
            workers_lost=lost,
        )

    return make
