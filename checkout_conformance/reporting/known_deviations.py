"""Known deviations: what a target file says that the site does wrong, for the time being.

A run records them with its results, so that a report made later judges by the same ones. They never
change a verdict. They make the exit status acceptable if they are all that failed. One that did not
happen, or is past its date, makes it fail, so that none stays in the file for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import BaseModel, ValidationError

from checkout_conformance.reporting.allure_html import ReportError, short
from checkout_conformance.reporting.conformance import (
    Check,
    ClauseResult,
    Conformance,
    FailureKind,
    Verdict,
)
from checkout_conformance.reporting.known_deviation import KnownDeviation, KnownState

RECORD = "known-deviations.json"
TRIED = (Verdict.PASSED, Verdict.FAILED)
FINE = (Verdict.PASSED, Verdict.NOT_OFFERED)


class Entry(BaseModel, frozen=True):
    """What a target file says of one."""

    clause: str
    scenario: str | None = None
    reason: str
    ticket: str = ""
    until: date


class KnownDeviations(BaseModel, frozen=True):
    """What one run recorded."""

    target: str
    deviations: list[Entry] = []
    failed_elsewhere: int | None = None
    """How many tests failed outside the scenarios; None for a run that did not end by itself."""


def write_known(folder: Path, known: KnownDeviations) -> None:
    """Keep them in a folder of results."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RECORD).write_text(known.model_dump_json(indent=1), encoding="utf-8")


def known_in(folders: Iterable[Path]) -> list[KnownDeviations]:
    """Return what the runs in these folders recorded. Raises ReportError for an unreadable one."""
    return [known for known in map(_read, folders) if known]


def _read(folder: Path) -> KnownDeviations | None:
    file = folder / RECORD
    try:
        return KnownDeviations.model_validate_json(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, ValidationError):
        raise ReportError(
            f"{short(file)}, which has the known deviations, cannot be read. Run it again."
        ) from None


def with_known(document: Conformance, recorded: Sequence[KnownDeviations]) -> Conformance:
    """Return the document with what became of each known deviation, and of the run by them.

    A deviation is past its date by the day on which the run ended.
    """
    if not any(one.deviations for one in recorded):
        return document
    day = (document.ended or datetime.now(UTC)).date()
    found = [
        _Found(document, run.target, entry, day) for run in recorded for entry in run.deviations
    ]
    accepted = [one for one in found if one.state is KnownState.HAPPENED]
    clauses = [_marked(clause, accepted) for clause in document.clauses]
    marked = document.model_copy(
        update={"clauses": clauses, "known_deviations": [one.told for one in found]}
    )
    nothing_to_mend = not any(one.state in KnownState.to_mend() for one in found)
    nothing_else = all(one.failed_elsewhere == 0 for one in recorded) and _is_all_known(marked)
    is_accepted = nothing_to_mend and (marked.is_good or nothing_else)
    return marked.model_copy(update={"accepted": is_accepted})


@dataclass(frozen=True)
class _Found:
    """A known deviation, and what the checks say of it."""

    document: Conformance
    target: str
    entry: Entry
    day: date

    def is_about(self, check: Check) -> bool:
        """Whether the check, which is one of the clause, is of this target and scenario."""
        if check.run is None or self.document.runs[check.run].target != self.target:
            return False
        name = self.entry.scenario
        return name is None or check.scenario == name or check.scenario.startswith(f"{name} [")

    def excuses(self, check: Check) -> bool:
        """Whether it is the reason why the check failed."""
        failure = check.failure
        deviates = (
            check.verdict is Verdict.FAILED and failure and failure.kind is FailureKind.DEVIATES
        )
        return bool(deviates) and self.is_about(check)

    @property
    def state(self) -> KnownState:
        checks = [check for check in self._checks() if self.is_about(check)]
        if self.day > self.entry.until:
            return KnownState.PAST
        if any(self.excuses(check) for check in checks):
            return KnownState.HAPPENED
        tried = any(check.verdict in TRIED for check in checks)
        # A name that no scenario has is a mistake of the file; a part of the run knows not all.
        is_unknown = not checks and not self.document.selection
        return KnownState.DID_NOT_HAPPEN if tried or is_unknown else KnownState.NOT_TRIED

    @property
    def told(self) -> KnownDeviation:
        return KnownDeviation(target=self.target, state=self.state, **self.entry.model_dump())

    def _checks(self) -> Iterator[Check]:
        for clause in self.document.clauses:
            if clause.id == self.entry.clause:
                yield from clause.checks


def _marked(clause: ClauseResult, accepted: Sequence[_Found]) -> ClauseResult:
    """The clause, its failures marked that are known."""
    about = [one for one in accepted if one.entry.clause == clause.id]

    def marked(check: Check) -> Check:
        reason = next((one.entry.reason for one in about if one.excuses(check)), None)
        return check.model_copy(update={"known": reason}) if reason else check

    return clause.model_copy(update={"checks": [marked(check) for check in clause.checks]})


def _is_all_known(document: Conformance) -> bool:
    """Whether known deviations are all that keep the run from being good."""
    checks = [check for clause in document.clauses for check in clause.checks]
    ended = {_scenario(check) for check in checks if check.known}
    untried = (check.verdict is Verdict.COULD_NOT_BE_TRIED for check in document.other_checks)
    return (
        document.certifies
        and bool(ended)
        and not document.failed_others
        and not any(untried)
        and document.passed >= (document.at_least or 0)
        and all(
            check.verdict in FINE or check.known or _was_cut_off(check, ended) for check in checks
        )
    )


def _was_cut_off(check: Check, ended: Set[object]) -> bool:
    """Whether the clause was not reached, since its scenario ended with a known deviation."""
    return check.verdict is Verdict.NOT_RUN and _scenario(check) in ended


def _scenario(check: Check) -> object:
    return check.feature, check.scenario, check.run
