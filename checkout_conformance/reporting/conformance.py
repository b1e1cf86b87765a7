"""The conformance document: the models of ``conformance.json`` and of its pages.

``conformance.schema.json`` is generated from these models. Raise ``schema_version`` with every
change that is not backward compatible.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Verdict(StrEnum):
    """How a clause fared, from best to worst: of several, the worst counts."""

    PASSED = "passed"
    NOT_OFFERED = "not offered"
    NOT_RUN = "not run"
    FAILED = "failed"

    @property
    def rank(self) -> int:
        """0 for the best."""
        return list(Verdict).index(self)


def worst(verdicts: list[Verdict]) -> Verdict:
    """Return the worst of several verdicts; NOT_RUN if there are none."""
    return max(verdicts, key=lambda verdict: verdict.rank, default=Verdict.NOT_RUN)


class ReportModel(BaseModel):
    """The base of all models: frozen, no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Run(ReportModel):
    """A setting that scenarios were run in."""

    target: str
    locale: str
    device: str
    browser: str

    @property
    def heading(self) -> str:
        """How the pages call it."""
        return f"{self.locale} · {self.device} · {self.browser}"


class Step(ReportModel):
    """A Gherkin step that was run."""

    text: str
    argument: str = Field("", description="its data table or doc string, without secrets")
    status: str = Field(description="passed, failed, broken or skipped")
    seconds: float


class FailureKind(StrEnum):
    """Failure category."""

    DEVIATES = "the site deviates from the document"
    UNREACHABLE = "a site could not be reached"
    BROKE = "the harness broke"


class Failure(ReportModel):
    """Why a check failed."""

    kind: FailureKind
    expected: str
    showed: str = Field(description="what was there instead, or what went wrong")


class Check(ReportModel):
    """One scenario in one run, as far as it is about one clause; or of no clause at all."""

    feature: str = Field(description="the file, seen from features/")
    scenario: str
    walk: bool = Field(description="whether it walks the whole procedure")
    run: int | None = Field(description="index into runs; null if no run meant to try it")
    verdict: Verdict
    seconds: float = 0.0
    steps: list[Step] = []
    picture: str | None = Field(None, description="file name below allure-results/")
    failure: Failure | None = None
    lacking: str | None = Field(None, description="what the target declares that it lacks")
    missing: list[str] = Field([], description="pictures and other evidence that is not there")


class MissingEvidence(ReportModel):
    """A scenario whose evidence is incomplete: of a clause, of none, or of its preparation."""

    feature: str
    scenario: str
    names: list[str]


class RunVerdict(ReportModel):
    """How a clause fared in one run."""

    run: int
    verdict: Verdict


class ClauseResult(ReportModel):
    """How a clause fared in all runs together."""

    id: str
    procedure: str
    title: str
    verdict: Verdict
    seconds: float = Field(description="in the documented walks")
    runs: list[RunVerdict]
    checks: list[Check]


class SelectionResult(ReportModel):
    """What the user chose of the features, and how that fared."""

    chosen_by: list[str] = Field(description="the options and paths that chose, run by run")
    passed: bool = Field(
        description="every chosen clause passed or is declared not offered, at_least of them "
        "passed, and no other scenario failed"
    )


class Conformance(ReportModel):
    """The verdict about a target, clause by clause."""

    schema_version: Literal[3] = 3
    conforms: bool | None = Field(
        description="every clause passed or is declared not offered, at least one passed (or "
        "at_least), and no other scenario failed; null for a selection, which proves nothing of "
        "the whole"
    )
    selection: SelectionResult | None = Field(
        None, description="null for a run of all features; else clauses has the chosen ones only"
    )
    passed: int = Field(description="how many clauses passed")
    offered: int = Field(description="how many clauses the target does not declare that it lacks")
    total: int = Field(description="how many clauses the documents have, or were chosen")
    at_least: int | None = Field(None, description="how many clauses were asked to pass")
    target: str
    locale: str
    began: datetime | None
    ended: datetime | None
    runs: list[Run]
    clauses: list[ClauseResult]
    other_checks: list[Check] = Field(
        [], description="scenarios that belong to no documented clause, and those that never began"
    )
    missing: list[MissingEvidence] = []

    @property
    def is_good(self) -> bool:
        """Whether it conforms or, for a selection, whether that passed."""
        return self.selection.passed if self.selection else bool(self.conforms)

    def count(self, verdict: Verdict) -> int:
        """How many clauses have this verdict."""
        return sum(clause.verdict is verdict for clause in self.clauses)

    @property
    def failed_others(self) -> list[Check]:
        """The scenarios that failed outside the documented clauses."""
        return [check for check in self.other_checks if check.failure]

    @property
    def missing_count(self) -> int:
        """How many pictures and other attachments are missing."""
        return sum(len(one.names) for one in self.missing)
