"""The checks of a conformance document as test cases: what every format tells of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from checkout_conformance.reporting.conformance import Check, Conformance, Run, Verdict

OTHERS = "other"


class Status(StrEnum):
    """How a case ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    NOT_RUN = "pending"


STATUS_OF = {
    Verdict.PASSED: Status.PASSED,
    Verdict.FAILED: Status.FAILED,
    Verdict.NOT_OFFERED: Status.SKIPPED,
    Verdict.NOT_TRIED: Status.SKIPPED,
    # Neither passed nor failed; its message tells why.
    Verdict.COULD_NOT_BE_TRIED: Status.SKIPPED,
    Verdict.NOT_RUN: Status.NOT_RUN,
}


@dataclass(frozen=True)
class Case:
    """One scenario in one run, as far as it is about one clause; ``other`` if about none."""

    procedure: str
    clause: str
    check: Check
    run: Run | None

    @property
    def status(self) -> Status:
        """How it ended."""
        return STATUS_OF[self.check.verdict]

    @property
    def title(self) -> str:
        """The scenario, with its run if the document has several of them."""
        return self.check.scenario

    @property
    def file(self) -> str:
        """The feature file, seen from the project."""
        # That of a team's project begins with the project's name.
        return f"features/{self.check.feature.rpartition(':')[2]}"

    @property
    def message(self) -> str:
        """Why it failed or was not tried; empty if it passed."""
        failure = self.check.failure
        if failure:
            expected = f"Expected: {failure.expected}. " if failure.expected else ""
            return f"{failure.kind}. {expected}Actual: {failure.showed}"
        if self.check.lacking:
            return f"{self.check.verdict}: {self.check.lacking}"
        return "" if self.status is Status.PASSED else str(self.check.verdict)


def cases_of(document: Conformance) -> Iterator[Case]:
    """Yield every case of a document, by procedure and clause."""
    for clause in document.clauses:
        for check in clause.checks:
            yield Case(clause.procedure, clause.id, check, _run(document, check))
    for check in document.other_checks:
        yield Case(OTHERS, OTHERS, check, _run(document, check))


def _run(document: Conformance, check: Check) -> Run | None:
    return None if check.run is None else document.runs[check.run]
