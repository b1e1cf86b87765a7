"""Judge the scenarios on a deviant: killed, survived, or failed for another reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from checkout_conformance.deviants.deviant import REFERENCE, Deviant
from checkout_conformance.deviants.matrix import (
    BROWSER,
    HTTP,
    Attempt,
    DeviantRecord,
    DriverName,
    KillMatrix,
    Outcome,
    is_fine,
)
from checkout_conformance.deviants.preconditions import is_precondition
from checkout_conformance.evidence.failures import UNEXPLAINED_TIMEOUT
from checkout_conformance.plan import Key, PlannedScenario
from checkout_conformance.reporting.checks import FAILED, as_planned, failed_clause, failure_in
from checkout_conformance.reporting.conformance import Failure, FailureKind
from checkout_conformance.reporting.evidence import ScenarioEvidence
from checkout_conformance.reporting.skips import not_tried_in

# Playwright's message for a page that does not load or an address that is not reached in time.
NAVIGATION_TIMEOUT = re.compile(r"^(?:Page|Frame|BrowserContext)\.\w+: Timeout", re.MULTILINE)
# The reference breaks none.
NO_CLAUSE = ""


class DeviantJudge:
    """Judges scenarios by the plan, which knows the clauses of each."""

    def __init__(self, plan: Iterable[PlannedScenario]) -> None:
        self._planned = {planned.key: planned for planned in plan}

    def judge(self, one: ScenarioEvidence, clause: str = NO_CLAUSE) -> Attempt:
        """Judge a scenario on a site that breaks ``clause``.

        It kills the deviant if the site is not as a step of that clause expects, with a message
        that has the expected and the actual state. A failure before the first clause counts for
        that one. What ``unjudged`` names is no kill, and neither is what the driver could not try.
        """
        if need := not_tried_in(one):
            return _attempt(one, Outcome.NOT_TRIED, needs=need.words)
        failed = failed_clause(self._planned.get(one.key) or as_planned(one), one)
        if failed is None:
            return _attempt(one, Outcome.PASSED if one.status == "passed" else Outcome.BROKE)
        failure = failure_in(one.message)
        if reason := unjudged(one, failure):
            return _attempt(one, Outcome.BROKE, clause=failed, showed=reason)
        return _attempt(
            one,
            Outcome.KILLED if failed == clause else Outcome.WRONG_PLACE,
            clause=failed,
            expected=failure.expected,
            showed=failure.showed,
        )

    def matrix(
        self, deviants: Iterable[Deviant], evidence: Sequence[ScenarioEvidence]
    ) -> KillMatrix:
        """Return the verdict on every deviant; the evidence's target is the deviant's name.

        The matrix is proven if every deviant was killed by a scenario that the reference passed
        with the same driver, the reference passed all its scenarios, and the drivers do not differ.
        """
        in_time = sorted(evidence, key=lambda one: one.began)
        tried = [(deviant, self._attempts(deviant, in_time)) for deviant in deviants]
        reference = [(one.key, self.judge(one)) for one in in_time if is_reference(one)]
        passed = {(one.driver, key) for key, one in reference if is_fine(one)}
        killers = {killer_in(attempts) for _, attempts in tried}
        matrix = KillMatrix(
            drivers=[driver for driver in (HTTP, BROWSER) if _was_used(driver, evidence)],
            proven=bool(tried) and killers <= passed,
            reference=[one for _, one in reference],
            deviants=[record_of(deviant, [one for _, one in own]) for deviant, own in tried],
        )
        agreed = not matrix.unlike_reference and not matrix.differences
        return matrix.model_copy(update={"proven": matrix.proven and agreed})

    def _attempts(
        self, deviant: Deviant, evidence: Iterable[ScenarioEvidence]
    ) -> list[tuple[Key, Attempt]]:
        own = [one for one in evidence if one.setting.target == deviant.name]
        return [(one.key, self.judge(one, deviant.clause)) for one in own]


def unjudged(one: ScenarioEvidence, failure: Failure) -> str | None:
    """Return why a failed scenario tells nothing about the site; None if it does.

    Only a difference between the site and what a step expects counts. A precondition that fails,
    an error of the harness, a page that does not load in time and an action that does not end
    in time may have any cause.
    """
    if is_precondition(one):
        return f"the precondition failed: {failure.showed or failure.expected}"
    if failure.kind is not FailureKind.DEVIATES:
        return f"{failure.kind}: {failure.showed}"
    if NAVIGATION_TIMEOUT.search(one.message):
        return f"the page did not load in time: {failure.showed}"
    if UNEXPLAINED_TIMEOUT in failure.showed:
        return f"nothing kept the action from ending: {failure.showed}"
    if not (failure.expected and failure.showed):
        return "the message does not tell the difference"
    return None


def is_reference(one: ScenarioEvidence) -> bool:
    """Return whether a scenario was run on the reference."""
    return one.setting.target == REFERENCE


def killer_in(attempts: Iterable[tuple[Key, Attempt]]) -> tuple[DriverName, Key] | None:
    """Return the driver and the key of the scenario that killed the deviant, or None."""
    killers = ((one.driver, key) for key, one in attempts if one.outcome is Outcome.KILLED)
    return next(killers, None)


def record_of(deviant: Deviant, attempts: Sequence[Attempt]) -> DeviantRecord:
    """Return the result of a deviant: the first kill decides."""
    kill = kill_in(attempts)
    same = kill and _over_http(kill, attempts)
    return DeviantRecord(
        name=deviant.name,
        sentence=deviant.sentence,
        clause=deviant.clause,
        site=deviant.site,
        kind=deviant.kind,
        killed=kill is not None,
        driver=kill and kill.driver,
        scenario=kill and kill.scenario,
        step=kill and kill.step,
        showed=kill and kill.showed,
        needs=same.needs if same else "",
        over_http=same and same.outcome,
        seconds=round(sum(one.seconds for one in attempts), 3),
        attempts=list(attempts),
    )


def kill_in(attempts: Iterable[Attempt]) -> Attempt | None:
    """Return the first attempt that killed the deviant, or None."""
    return next((one for one in attempts if one.outcome is Outcome.KILLED), None)


def untried(attempts: Iterable[Attempt]) -> set[str]:
    """Return the titles of the scenarios that the driver could not try."""
    return {one.scenario for one in attempts if one.outcome is Outcome.NOT_TRIED}


def _over_http(kill: Attempt, attempts: Iterable[Attempt]) -> Attempt | None:
    """Return the attempt over HTTP with the scenario that killed the deviant in the browser."""
    over_http = [one for one in attempts if one.driver == HTTP and kill.driver == BROWSER]
    same = (kill.feature, kill.scenario)
    return next((one for one in over_http if (one.feature, one.scenario) == same), None)


def driver_of(one: ScenarioEvidence) -> DriverName:
    """Return the driver that ran a scenario."""
    return BROWSER if one.setting.certifies else HTTP


def _was_used(driver: DriverName, evidence: Iterable[ScenarioEvidence]) -> bool:
    return any(driver_of(one) == driver for one in evidence)


def _attempt(one: ScenarioEvidence, outcome: Outcome, **told: str) -> Attempt:
    if outcome is Outcome.BROKE and not told:
        told = {"showed": one.message.partition("\n")[0] or one.status}
    return Attempt(
        driver=driver_of(one),
        feature=one.feature,
        scenario=one.title,
        outcome=outcome,
        step=_failed_step(one),
        seconds=round(one.ended - one.began, 3),
        **told,
    )


def _failed_step(one: ScenarioEvidence) -> str | None:
    steps = [step for section in one.sections for step in section.steps]
    return next((step.text for step in steps if step.status in FAILED), None)
