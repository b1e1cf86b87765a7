"""CTRF, the Common Test Report Format (https://ctrf.io), version 1.0.0: one JSON for all tools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from checkout_conformance.exports.cases import Case, Status, cases_of
from checkout_conformance.project import version
from checkout_conformance.reporting.conformance import Conformance

NAME = "checkout-conformance"
Outcome = Literal["passed", "failed", "skipped", "pending", "other"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Tool(_Model):
    """What made the results."""

    name: str
    version: str


class Summary(_Model):
    """How many cases ended how; times in milliseconds since 1970."""

    tests: int
    passed: int
    failed: int
    skipped: int
    pending: int
    other: int
    suites: int
    start: int
    stop: int


class Step(_Model):
    """A Gherkin step."""

    name: str
    status: Outcome


class Test(_Model):
    """A case; its duration is in milliseconds."""

    name: str
    status: Outcome
    duration: int
    suite: list[str]
    message: str | None = None
    rawStatus: str
    tags: list[str]
    filePath: str
    browser: str | None = None
    device: str | None = None
    steps: list[Step]


class Results(_Model):
    """The results of a run."""

    tool: Tool
    summary: Summary
    tests: list[Test]
    extra: dict[str, Any]


class Report(_Model):
    """The whole report."""

    reportFormat: Literal["CTRF"] = "CTRF"
    specVersion: Literal["1.0.0"] = "1.0.0"
    generatedBy: str = NAME
    results: Results


def ctrf_of(document: Conformance) -> str:
    """Return the document in CTRF."""
    cases = list(cases_of(document))
    results = Results(
        tool=Tool(name=NAME, version=version()),
        summary=_summary(document, cases),
        tests=[_test(case) for case in cases],
        extra={
            "target": document.target,
            "locale": document.locale,
            "conforms": document.conforms,
            "certifies": document.certifies,
        },
    )
    return Report(results=results).model_dump_json(indent=1, exclude_none=True) + "\n"


def _summary(document: Conformance, cases: Sequence[Case]) -> Summary:
    count = Counter(case.status for case in cases)
    return Summary(
        tests=len(cases),
        passed=count[Status.PASSED],
        failed=count[Status.FAILED],
        skipped=count[Status.SKIPPED],
        pending=count[Status.NOT_RUN],
        other=0,
        suites=len({case.procedure for case in cases}),
        start=_milliseconds(document.began),
        stop=_milliseconds(document.ended),
    )


def _test(case: Case) -> Test:
    return Test(
        name=case.title,
        status=case.status.value,
        duration=round(case.check.seconds * 1000),
        suite=[case.procedure, case.clause],
        message=case.message or None,
        rawStatus=case.check.verdict,
        tags=[case.clause],
        filePath=case.file,
        browser=case.run.browser if case.run else None,
        device=case.run.device if case.run else None,
        steps=[Step(name=step.text, status=_outcome(step.status)) for step in case.check.steps],
    )


def _outcome(status: str) -> Outcome:
    outcomes: dict[str, Outcome] = {
        "passed": "passed",
        "failed": "failed",
        "broken": "failed",
        "skipped": "skipped",
    }
    return outcomes.get(status, "other")


def _milliseconds(moment: datetime | None) -> int:
    return round(moment.timestamp() * 1000) if moment else 0
