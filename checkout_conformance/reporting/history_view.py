"""What the pages show of earlier runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from statistics import median

from checkout_conformance.reporting.conformance import Verdict
from checkout_conformance.reporting.history import (
    LOOKED_AT,
    PastRun,
    is_flaky,
    new_failures,
    newly,
)


@dataclass(frozen=True)
class Trend:
    """A clause in the last runs, oldest first; ``usual`` is the median of the earlier times."""

    verdicts: tuple[Verdict, ...]
    usual: float | None
    is_flaky: bool

    @property
    def passed(self) -> int:
        """In how many of them it passed."""
        return sum(verdict is Verdict.PASSED for verdict in self.verdicts)


@dataclass(frozen=True)
class Bar:
    """A run in the list of the last ones; ``percent`` is its time as part of the longest."""

    run: PastRun
    percent: int


class HistoryView:
    """The runs in one setting up to that of the page, oldest first; there may be none."""

    def __init__(self, runs: Sequence[PastRun] = ()) -> None:
        self._runs = list(runs)

    def __bool__(self) -> bool:
        """Whether there is an earlier run to compare with."""
        return len(self._runs) > 1

    @property
    def before(self) -> datetime:
        """When the run before this one ended."""
        return self._runs[-2].ended

    @property
    def is_judged_alike(self) -> bool:
        """Whether the run before was judged by the same features and steps."""
        before, now = self._runs[-2:]
        return bool(now.judged_by) and before.judged_by == now.judged_by

    @cached_property
    def newly_failed(self) -> list[str]:
        """The clauses that failed, and had another verdict in the run before."""
        return newly(self._runs, Verdict.FAILED)

    @cached_property
    def newly_passed(self) -> list[str]:
        """The clauses that passed, and had another verdict in the run before."""
        return newly(self._runs, Verdict.PASSED)

    @cached_property
    def new_failures(self) -> list[str]:
        """The scenarios that failed, and did not in the run before."""
        return new_failures(self._runs)

    @cached_property
    def flaky(self) -> list[str]:
        """The clauses that went back and forth."""
        clauses = self._runs[-1].clauses if self._runs else {}
        return [clause for clause in clauses if is_flaky(clause, self._runs)]

    @property
    def bars(self) -> list[Bar]:
        """The last runs with their times, the newest first."""
        last = self._runs[-LOOKED_AT:]
        longest = max(run.seconds for run in last) or 1
        return [Bar(run, round(100 * run.seconds / longest)) for run in reversed(last)]

    def trend(self, clause: str) -> Trend | None:
        """How the clause fared in the last runs; None without an earlier run of it."""
        found = [run.clauses[clause] for run in self._runs[-LOOKED_AT:] if clause in run.clauses]
        if len(found) < 2:
            return None
        times = [one.seconds for one in found[:-1] if one.verdict is Verdict.PASSED and one.seconds]
        return Trend(
            verdicts=tuple(one.verdict for one in found),
            usual=median(times) if times else None,
            is_flaky=clause in self.flaky,
        )
