from __future__ import annotations

from datetime import UTC, datetime

import pytest

from checkout_conformance.plan import read_plan
from checkout_conformance.reporting.conformance import (
    Check,
    ClauseResult,
    Conformance,
    Failure,
    FailureKind,
    Run,
    Step,
    Verdict,
)

FEATURE = "wallet/paying_on_the_wallet_site.feature"


def check(scenario: str, verdict: Verdict, failure: Failure | None = None) -> Check:
    return Check(
        feature=FEATURE,
        scenario=scenario,
        walk=False,
        run=0,
        verdict=verdict,
        seconds=1.25,
        steps=[Step(text="Given a buyer", status="passed", seconds=0.5)],
        failure=failure,
        lacking="clock" if verdict is Verdict.NOT_OFFERED else None,
    )


def clause(procedure: str, number: int, *checks: Check) -> ClauseResult:
    return ClauseResult(
        id=f"{procedure}.{number}",
        procedure=procedure,
        title="A clause",
        verdict=Verdict.FAILED,
        seconds=1.0,
        runs=[],
        checks=list(checks),
    )


@pytest.fixture
def scenario() -> str:
    """The name of a scenario of the features."""
    return next(one.name for one in read_plan() if one.feature == FEATURE and not one.example)


@pytest.fixture
def document(scenario: str) -> Conformance:
    """A run with a case of every kind."""
    deviates = Failure(
        kind=FailureKind.DEVIATES, expected="the tile", showed="50 % off: none\n<b>\x00"
    )
    unreachable = Failure(kind=FailureKind.UNREACHABLE, expected="", showed="no answer")
    moment = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    return Conformance(
        conforms=False,
        passed=0,
        offered=3,
        total=3,
        target="mock",
        locale="en",
        began=moment,
        ended=moment,
        runs=[Run(target="mock", locale="en", device="desktop", browser="chromium")],
        clauses=[
            clause("W1", 1, check("A pass", Verdict.PASSED), check("None", Verdict.NOT_RUN)),
            clause("W1", 2, check(scenario, Verdict.FAILED, deviates)),
            clause("C1", 1, check("A lack", Verdict.NOT_OFFERED)),
        ],
        other_checks=[check("Before all", Verdict.FAILED, unreachable)],
    )
