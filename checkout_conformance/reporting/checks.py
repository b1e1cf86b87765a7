"""A scenario in one run, as a check of a clause: its verdict, its failure, what it lacked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checkout_conformance.drivers.devices import DESKTOP
from checkout_conformance.evidence.allure_labels import title
from checkout_conformance.evidence.failures import (
    BROKE,
    DEVIATES,
    SHOWED,
    UNREACHABLE,
    UNTRIED,
)
from checkout_conformance.plan import PlannedScenario
from checkout_conformance.reporting.conformance import Check, Failure, FailureKind, Step, Verdict
from checkout_conformance.reporting.evidence import ClauseSection, ScenarioEvidence
from checkout_conformance.reporting.skips import not_offered_in, not_tried_in

KINDS = {
    DEVIATES: FailureKind.DEVIATES,
    UNREACHABLE: FailureKind.UNREACHABLE,
    BROKE: FailureKind.BROKE,
    UNTRIED: FailureKind.PRECONDITION,
}
FAILED = ("failed", "broken")
WITH_FAILURE = (Verdict.FAILED, Verdict.COULD_NOT_BE_TRIED)


def as_planned(one: ScenarioEvidence) -> PlannedScenario:
    """Return a plan entry for an unplanned scenario, from its evidence."""
    on_a_phone = one.setting.device != DESKTOP
    return PlannedScenario(one.feature, one.name, one.example, one.clauses, one.is_walk, on_a_phone)


def not_run(planned: PlannedScenario, run: int | None) -> Check:
    """Return the check of a planned scenario that has no evidence."""
    return Check(
        feature=planned.feature,
        scenario=title(planned.name, dict(planned.example)),
        walk=planned.is_walk,
        from_example=bool(planned.example),
        run=run,
        verdict=Verdict.NOT_RUN,
    )


def check_of(clause: str, planned: PlannedScenario, one: ScenarioEvidence, run: int) -> Check:
    """Return what a scenario showed about one clause."""
    sections = [section for section in one.sections if section.clause == clause]
    failed = failed_clause(planned, one)
    verdict = _verdict(sections, one, has_failed=failed == clause)
    shown = sections or ([one.sections[-1]] if failed == clause and one.sections else [])
    return _as_check(one, verdict, shown, planned.is_walk, run)


def whole(one: ScenarioEvidence, run: int | None) -> Check:
    """Return what a scenario showed as a whole, whatever clauses it names."""
    verdict = verdict_of(one)
    return _as_check(one, verdict, one.sections, one.is_walk, run)


def _as_check(
    one: ScenarioEvidence,
    verdict: Verdict,
    shown: Sequence[ClauseSection],
    is_walk: bool,
    run: int | None,
) -> Check:
    pictures = [section.picture.name for section in shown if section.picture]
    forms = [section.form.name for section in shown if section.form]
    return Check(
        feature=one.feature,
        scenario=one.title,
        walk=is_walk,
        from_example=bool(one.example),
        run=run,
        verdict=verdict,
        seconds=round(sum(section.seconds for section in shown), 3),
        steps=[_step(step) for section in shown for step in section.steps],
        picture=pictures[-1] if pictures else None,
        form=forms[-1] if forms else None,
        failure=_failure(one) if verdict in WITH_FAILURE else None,
        lacking=not_offered_in(one) if verdict is Verdict.NOT_OFFERED else None,
        missing=[name for section in shown for name in section.missing],
    )


def failed_clause(planned: PlannedScenario, one: ScenarioEvidence) -> str | None:
    """Return the clause of a failure: the first clause if it failed before all of them."""
    if one.status not in FAILED:
        return None
    failed = [section.clause for section in one.sections if section.status in FAILED]
    first = next(iter(planned.clauses), None)
    return next((clause for clause in failed if clause), first)


def verdict_of(one: ScenarioEvidence) -> Verdict:
    """Return how a scenario fared as a whole."""
    if one.status in FAILED:
        return _of_failure(one)
    return Verdict.PASSED if one.status == "passed" else _why_skipped(one)


def _of_failure(one: ScenarioEvidence) -> Verdict:
    """A failed precondition and a mistake of the harness say nothing about the clause."""
    tells = failure_in(one.message).kind.tells_of_site
    # An assertion without our words is somebody's own: it counts.
    return Verdict.FAILED if tells or one.status == "failed" else Verdict.COULD_NOT_BE_TRIED


def _why_skipped(one: ScenarioEvidence) -> Verdict:
    if not_tried_in(one):
        return Verdict.NOT_TRIED
    return Verdict.NOT_OFFERED if not_offered_in(one) else Verdict.NOT_RUN


def _verdict(sections: list[ClauseSection], one: ScenarioEvidence, has_failed: bool) -> Verdict:
    if has_failed:
        return _of_failure(one)
    if _has_passed(sections) and not _hides_what_was_not_tried(one):
        return Verdict.PASSED
    return _why_skipped(one)


def _has_passed(sections: Sequence[ClauseSection]) -> bool:
    return bool(sections) and all(section.status == "passed" for section in sections)


def _hides_what_was_not_tried(one: ScenarioEvidence) -> bool:
    """Whether an expectation was not tried and no section says which: then none counts."""
    return not_tried_in(one) is not None and _has_passed(one.sections)


def _failure(one: ScenarioEvidence) -> Failure:
    found = failure_in(one.message)
    return found.model_copy(update={"unconfirmed": not one.setting.certifies})


def _step(step: object) -> Step:
    return Step.model_validate(step, from_attributes=True)


def failure_in(message: str) -> Failure:
    """Read the failure's category and difference from a scenario's message."""
    line = message.partition("\n")[0]
    for opening, kind in KINDS.items():
        _, found, rest = line.partition(opening)
        if found:
            expected, _, showed = rest.rpartition(SHOWED if kind is FailureKind.DEVIATES else "; ")
            return Failure(kind=kind, expected=expected.strip(), showed=showed.strip())
    return Failure(kind=FailureKind.BROKE, expected="", showed=re.sub(r"^\w+Error: ", "", line))
