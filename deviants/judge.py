"""Weighs what scenarios said of a deviant: killed, survived, or failed for another reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deviants.deviant import REFERENCE, Deviant
from deviants.matrix import Attempt, DeviantRecord, KillMatrix, Outcome
from reports.conformance import FailureKind
from reports.evidence import ScenarioEvidence
from reports.judge import FAILED, blamed_clause, failure_in
from reports.plan import PlannedScenario

# Nothing but the reference itself breaks no clause.
NO_CLAUSE = ""


class Judge:
    """Knows what is planned: which clauses a scenario is about, in their order."""

    def __init__(self, plan: Iterable[PlannedScenario]) -> None:
        self._planned = {planned.key: planned for planned in plan}

    def weigh(self, one: ScenarioEvidence, clause: str = NO_CLAUSE) -> Attempt:
        """What a scenario says of a site that breaks ``clause``.

        It kills by failing at a step of that clause (before all clauses: of its first one) with
        a message that tells what the document expects and what there was.
        """
        blamed = blamed_clause(self._planned[one.key], one)
        facts = {"feature": one.feature, "scenario": one.title, "seconds": one.ended - one.began}
        if blamed is None:
            outcome = Outcome.PASSED if one.status == "passed" else Outcome.BROKE
            return Attempt(**facts, outcome=outcome, showed=one.message.partition("\n")[0])
        failure = failure_in(one.message)
        tells = failure.kind is FailureKind.DEVIATES and failure.expected and failure.showed
        outcome = Outcome.WRONG_PLACE if tells else Outcome.BROKE
        return Attempt(
            **facts,
            outcome=Outcome.KILLED if tells and blamed == clause else outcome,
            clause=blamed,
            step=failed_step(one),
            expected=failure.expected,
            showed=failure.showed,
        )

    def matrix(
        self, deviants: Iterable[Deviant], evidence: Sequence[ScenarioEvidence]
    ) -> KillMatrix:
        """The verdict about every deviant; evidence names its deviant as its target."""
        records = [self._record(deviant, evidence) for deviant in deviants]
        reference = [self.weigh(one) for one in evidence if one.setting.target == REFERENCE]
        passed = {one.scenario for one in reference if one.outcome is Outcome.PASSED}
        return KillMatrix(
            proven=all(one.killed and one.scenario in passed for one in records)
            and len(passed) == len(reference),
            reference=reference,
            deviants=records,
        )

    def _record(self, deviant: Deviant, evidence: Sequence[ScenarioEvidence]) -> DeviantRecord:
        own = [one for one in evidence if one.setting.target == deviant.name]
        attempts = [
            self.weigh(one, deviant.clause) for one in sorted(own, key=lambda one: one.began)
        ]
        kill = next((one for one in attempts if one.outcome is Outcome.KILLED), None)
        return DeviantRecord(
            name=deviant.name,
            sentence=deviant.sentence,
            clause=deviant.clause,
            site=deviant.site,
            kind=deviant.kind,
            killed=kill is not None,
            scenario=kill and kill.scenario,
            step=kill and kill.step,
            showed=kill and kill.showed,
            seconds=round(sum(one.seconds for one in attempts), 3),
            attempts=attempts,
        )


def failed_step(one: ScenarioEvidence) -> str | None:
    """The text of the step at which a scenario failed."""
    steps = [step for passage in one.passages for step in passage.steps]
    return next((step.text for step in steps if step.status in FAILED), None)
