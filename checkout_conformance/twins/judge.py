"""Judge the scenarios on a twin: passed, a false alarm, or an error of the harness."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from checkout_conformance.deviants.judge import DeviantJudge
from checkout_conformance.deviants.matrix import Outcome as DeviantOutcome
from checkout_conformance.plan import PlannedScenario
from checkout_conformance.reporting.evidence import ScenarioEvidence
from checkout_conformance.targets.target import NOT_OFFERED
from checkout_conformance.twins.matrix import Outcome, Tried, TwinMatrix, TwinRecord
from checkout_conformance.twins.twin import Twin

# Why a scenario was left out: it counts as not tried.
SKIPPED = "this twin has failed often enough"
# A deviant without a clause of its own: a deviation that is reported on it is never in place.
OUTCOMES = {
    DeviantOutcome.PASSED: Outcome.PASSED,
    DeviantOutcome.WRONG_PLACE: Outcome.FALSE_ALARM,
    DeviantOutcome.BROKE: Outcome.BROKE,
    DeviantOutcome.NOT_TRIED: Outcome.NOT_TRIED,
}


class TwinJudge:
    """Judges scenarios by the plan, which knows the clauses of each."""

    def __init__(self, plan: Iterable[PlannedScenario]) -> None:
        self._scenarios = DeviantJudge(plan)

    def judge(self, one: ScenarioEvidence) -> Tried:
        """Judge a scenario on a right site: reporting its deviation is a false alarm."""
        attempt = self._scenarios.judge(one)
        lacking = one.status == "skipped" and NOT_OFFERED in one.message
        outcome = Outcome.NOT_OFFERED if lacking else OUTCOMES[attempt.outcome]
        return Tried(**attempt.model_dump(exclude={"outcome"}), outcome=outcome)

    def matrix(self, twins: Iterable[Twin], evidence: Sequence[ScenarioEvidence]) -> TwinMatrix:
        """Return the verdict on every twin; the evidence's target is the twin's name."""
        tried = [one for one in evidence if SKIPPED not in one.message]
        in_time = sorted(tried, key=lambda one: one.began)
        records = [
            record_of(twin, [self.judge(one) for one in in_time if one.setting.target == twin.name])
            for twin in twins
        ]
        fine = all(record.passed or record.needs_another_driver for record in records)
        return TwinMatrix(passed=fine and any(one.passed for one in records), twins=records)


def record_of(twin: Twin, tried: Sequence[Tried]) -> TwinRecord:
    """Return the result of a twin: it passes if it was tried and nothing failed."""
    outcomes = [one.outcome for one in tried]
    fine = (Outcome.PASSED, Outcome.NOT_OFFERED, Outcome.NOT_TRIED)
    return TwinRecord(
        name=twin.name,
        sentence=twin.sentence,
        site=twin.site,
        kind=twin.kind,
        clauses=list(twin.clauses),
        passed=Outcome.PASSED in outcomes and all(outcome in fine for outcome in outcomes),
        seconds=round(sum(one.seconds for one in tried), 3),
        tried=list(tried),
    )
