"""What the last full runs found, a line each, in a file that CI can keep.

It is no part of ``conformance.json`` and is not sealed: a verdict follows from the results of its
own run alone, and anyone can edit a file that is handed from run to run. Only the pages show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import Field, TypeAdapter, ValidationError

from checkout_conformance.reporting.allure_html import ReportError, short
from checkout_conformance.reporting.basis import basis_in
from checkout_conformance.reporting.conformance import (
    Check,
    Conformance,
    ReportModel,
    Run,
    Verdict,
)

# How many runs in one setting are kept, and in how many of the last a clause is looked at.
KEPT, LOOKED_AT = 50, 10
SETTING = ("target", "locale", "device", "browser")


class ClauseThen(ReportModel):
    """How a clause fared in an earlier run."""

    verdict: Verdict
    seconds: float


class PastRun(ReportModel):
    """A full run: a line of the history file."""

    version: Literal[1] = 1
    ended: datetime
    seconds: float = Field(ge=0, description="from the first scenario's start to the last's end")
    target: str
    locale: str
    device: str
    browser: str
    judged_by: str = Field("", description="digest of features and steps; empty if unknown")
    conforms: bool | None
    clauses: dict[str, ClauseThen]
    failing: list[str] = Field([], description="feature and name of each scenario that failed")

    @property
    def setting(self) -> tuple[str, ...]:
        """What it was run on: only runs in the same setting are compared."""
        return tuple(getattr(self, name) for name in SETTING)

    @property
    def passed(self) -> int:
        """How many clauses passed."""
        return sum(clause.verdict is Verdict.PASSED for clause in self.clauses.values())


PAST_RUN = TypeAdapter(PastRun)


def past_run_of(document: Conformance, results: Sequence[Path]) -> PastRun | None:
    """Return the line of a run; None for a selection, which says nothing about the whole.

    If some runs were in a browser, only those count: they alone decide the verdicts.
    """
    if document.selection or not document.began or not document.ended:
        return None
    runs = [run for run in document.runs if run.certifies or not document.certifies]
    return PastRun(
        ended=document.ended,
        seconds=round((document.ended - document.began).total_seconds(), 3),
        **{name: _joined(runs, name) for name in SETTING},
        judged_by=_judged_by(results),
        conforms=document.conforms,
        clauses={
            clause.id: ClauseThen(verdict=clause.verdict, seconds=clause.seconds)
            for clause in document.clauses
        },
        failing=sorted({_title(check) for check in _failing(document)}),
    )


def _joined(runs: Iterable[Run], name: str) -> str:
    return ", ".join(dict.fromkeys(str(getattr(run, name)) for run in runs))


def _judged_by(results: Sequence[Path]) -> str:
    try:
        return basis_in(results).digest
    except ReportError:
        return ""


def _failing(document: Conformance) -> list[Check]:
    checks = [check for clause in document.clauses for check in clause.checks]
    return [
        check
        for check in (*checks, *document.other_checks)
        if check.verdict is Verdict.FAILED
        and (check.run is None or document.runs[check.run].certifies or not document.certifies)
    ]


def _title(check: Check) -> str:
    return f"{check.feature}: {check.scenario}"


def read_history(file: Path) -> list[PastRun]:
    """Return the runs in a history file, oldest first; none if there is no file yet.

    Raises ReportError for a file that cannot be read.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        runs = [PAST_RUN.validate_json(line) for line in lines if line.strip()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (OSError, ValueError, ValidationError):
        raise ReportError(
            f"{short(file)}, which has what earlier runs found, cannot be read. Delete it to begin"
            " a new one."
        ) from None
    return sorted(runs, key=lambda run: run.ended)


def remember(file: Path, run: PastRun) -> list[PastRun]:
    """Add a run to the history file; return those in its setting up to it, oldest first.

    A report that is made again replaces the run's line. Of each setting the last are kept. Raises
    ReportError for a file that cannot be read, and OSError.
    """
    others = [
        one for one in read_history(file) if (one.setting, one.ended) != (run.setting, run.ended)
    ]
    runs = sorted([*others, run], key=lambda one: one.ended)
    _write(file, [one for one in runs if _is_recent(one, runs)])
    return [one for one in runs if one.setting == run.setting and one.ended <= run.ended][-KEPT:]


def _is_recent(run: PastRun, runs: Sequence[PastRun]) -> bool:
    return run in [one for one in runs if one.setting == run.setting][-KEPT:]


def _write(file: Path, runs: Iterable[PastRun]) -> None:
    """Write it whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f"{file.name}.part")
    partial.write_text("".join(f"{run.model_dump_json()}\n" for run in runs), encoding="utf-8")
    partial.replace(file)


def newly(runs: Sequence[PastRun], verdict: Verdict) -> list[str]:
    """Return the clauses that have the verdict in the last run and had another in the one before.

    A clause that the earlier run does not have is not new.
    """
    if len(runs) < 2:
        return []
    before, now = runs[-2:]
    return [
        clause
        for clause, one in now.clauses.items()
        if one.verdict is verdict
        and clause in before.clauses
        and before.clauses[clause].verdict is not verdict
    ]


def new_failures(runs: Sequence[PastRun]) -> list[str]:
    """Return the scenarios that failed in the last run and not in the one before."""
    return sorted(set(runs[-1].failing) - set(runs[-2].failing)) if len(runs) > 1 else []


def is_flaky(clause: str, runs: Sequence[PastRun]) -> bool:
    """Whether the clause went back and forth within the last runs, judged by the same features.

    Passed, failed and passed again is flaky; failed and then passed may be a repair.
    """
    judged_by = runs[-1].judged_by if runs else ""
    if not judged_by:
        return False
    found = [
        run.clauses[clause].verdict
        for run in runs[-LOOKED_AT:]
        if run.judged_by == judged_by and clause in run.clauses
    ]
    told = [verdict for verdict in found if verdict in (Verdict.PASSED, Verdict.FAILED)]
    return sum(one is not other for one, other in pairwise(told)) >= 2
