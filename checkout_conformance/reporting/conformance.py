"""The conformance document: the models of ``conformance.json`` and of its pages.

``conformance.schema.json`` is generated from these models. Raise ``schema_version`` with every
change that is not backward compatible.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from checkout_conformance.evidence.setting import WITHOUT_BROWSER
from checkout_conformance.reporting.known_deviation import KnownDeviation


class Verdict(StrEnum):
    """How a clause fared, from best to worst: of several, the worst counts."""

    PASSED = "passed"
    NOT_OFFERED = "not offered"
    NOT_TRIED = "not tried by this driver"
    NOT_RUN = "not run"
    COULD_NOT_BE_TRIED = "could not be tried"
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
    browser: str = Field(description="http for a run without a browser")

    @property
    def certifies(self) -> bool:
        """Whether it was in a browser."""
        return self.browser != WITHOUT_BROWSER


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
    PRECONDITION = "the precondition failed"

    @property
    def tells_of_site(self) -> bool:
        """Whether such a failure says something about the clause and the site."""
        return self in (FailureKind.DEVIATES, FailureKind.UNREACHABLE)


class Failure(ReportModel):
    """Why a check failed or could not be tried."""

    kind: FailureKind
    expected: str
    showed: str = Field(description="what was there instead, or what went wrong")
    unconfirmed: bool = Field(
        False, description="seen without a browser, where a page may differ: confirm it in one"
    )


class Check(ReportModel):
    """One scenario in one run, as far as it is about one clause; or of no clause at all."""

    feature: str = Field(description="the file, seen from features/")
    scenario: str
    walk: bool = Field(description="whether it walks the whole procedure")
    from_example: bool = Field(False, description="whether it is a row of Examples")
    run: int | None = Field(description="index into runs; null if no run meant to try it")
    verdict: Verdict
    seconds: float = 0.0
    steps: list[Step] = []
    picture: str | None = Field(None, description="file name below allure-results/")
    form: str | None = Field(
        None, description="picture of the filled form before its last press, likewise"
    )
    failure: Failure | None = None
    lacking: str | None = Field(None, description="what the target declares that it lacks")
    missing: list[str] = Field([], description="pictures and other evidence that is not there")
    known: str | None = Field(None, description="the reason of the known deviation that it shows")


class NotTried(ReportModel):
    """A scenario that its driver could not try, whole or in one expectation."""

    feature: str
    scenario: str
    run: int | None = Field(description="index into runs; null if it did not begin")
    needs: list[str] = Field(description="the capabilities that the driver lacks")
    step: str | None = Field(None, description="the step that needs them")


class MissingEvidence(ReportModel):
    """A scenario whose evidence is incomplete: of a clause, of none, or of its preparation."""

    feature: str
    scenario: str
    names: list[str]


class Replaced(ReportModel):
    """Something of ours that the team's project replaces, because its checkout.toml says so."""

    kind: str = Field(description="feature, scenario, sentence, fixture or label")
    name: str


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
    only_without_browser: bool = Field(
        False,
        description="it passed or failed without a browser, and no browser tried it",
    )


class Tally(ReportModel):
    """How many clauses have each verdict."""

    passed: int
    failed: int
    not_run: int
    not_offered: int
    not_tried: int
    could_not_be_tried: int
    total: int
    failed_others: int = Field(description="scenarios outside the clauses that failed")


class SelectionResult(ReportModel):
    """What the user chose of the features, and how that fared."""

    chosen_by: list[str] = Field(description="the options and paths that chose, run by run")
    passed: bool = Field(
        description="every chosen clause passed or is declared not offered, at_least of them "
        "passed, and no other scenario failed"
    )


class Conformance(ReportModel):
    """The verdict about a target, clause by clause."""

    schema_version: Literal[5] = 5
    conforms: bool | None = Field(
        description="every clause passed or is declared not offered, at least one passed (or "
        "at_least), and no other scenario failed; null for a selection, which proves nothing of "
        "the whole, unless certifies, and if nothing failed but something could not be tried"
    )
    certifies: bool = Field(
        True, description="false if all runs were without a browser: they certify nothing"
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
    not_tried: list[NotTried] = []
    missing: list[MissingEvidence] = []
    replaced: list[Replaced] = Field(
        [], description="what of ours the team's project replaces, by its own word"
    )
    known_deviations: list[KnownDeviation] = Field(
        [], description="the deviations that the target file declares; they change no verdict"
    )
    accepted: bool | None = Field(
        None,
        description="whether known deviations are all that failed, and none of them is past its "
        "date or did not happen; null if the target file declares none",
    )
    without_browser: Tally | None = Field(
        None,
        description="the clauses in the runs without a browser; null if there is no such run. "
        "Beside runs in a browser it changes no other verdict of this document",
    )

    @property
    def is_good(self) -> bool:
        """Whether it conforms or, for a selection, whether that passed; only a browser tells."""
        if not self.certifies:
            return False
        return self.selection.passed if self.selection else bool(self.conforms)

    @property
    def is_acceptable(self) -> bool:
        """Whether it is good but for known deviations, if there are any."""
        return self.is_good if self.accepted is None else self.accepted

    @property
    def has_failed(self) -> bool:
        """Whether a clause, or a scenario outside the clauses, failed."""
        return self.count(Verdict.FAILED) > 0 or bool(self.failed_others)

    @property
    def tally(self) -> Tally:
        """How many clauses have each verdict."""
        return Tally(
            passed=self.passed,
            failed=self.count(Verdict.FAILED),
            not_run=self.count(Verdict.NOT_RUN),
            not_offered=self.count(Verdict.NOT_OFFERED),
            not_tried=self.count(Verdict.NOT_TRIED),
            could_not_be_tried=self.count(Verdict.COULD_NOT_BE_TRIED),
            total=self.total,
            failed_others=len(self.failed_others),
        )

    def count(self, verdict: Verdict) -> int:
        """How many clauses have this verdict."""
        return sum(clause.verdict is verdict for clause in self.clauses)

    @property
    def is_open(self) -> bool:
        """Whether nothing failed, but something could not be tried: there is no telling."""
        untried = [
            check for check in self.other_checks if check.verdict is Verdict.COULD_NOT_BE_TRIED
        ]
        return not self.has_failed and bool(self.count(Verdict.COULD_NOT_BE_TRIED) or untried)

    @property
    def failed_others(self) -> list[Check]:
        """The scenarios that failed outside the documented clauses, as far as they count.

        Beside runs in a browser, a failure without one does not.
        """
        failures = [
            (check, check.failure)
            for check in self.other_checks
            if check.failure and check.verdict is Verdict.FAILED
        ]
        return [
            check for check, failure in failures if not (self.certifies and failure.unconfirmed)
        ]

    @property
    def missing_count(self) -> int:
        """How many pictures and other attachments are missing."""
        return sum(len(one.names) for one in self.missing)
