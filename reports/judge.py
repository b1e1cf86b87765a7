"""From evidence and plan to verdicts: what passed, failed, was not offered, was not run."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from reports.allure_place import title
from reports.clauses import OUR_LANGUAGE, Clause
from reports.conformance import (
    Check,
    Conformance,
    Failure,
    FailureKind,
    Run,
    RunVerdict,
    Step,
    Verdict,
    worst,
)
from reports.conformance import Clause as ClauseRecord
from reports.evidence import Passage, ScenarioEvidence
from reports.failures import BROKE, DEVIATES, SHOWED, UNREACHABLE
from reports.plan import PlannedScenario
from reports.setting import DESKTOP, Setting
from steps.target import NOT_OFFERED

KINDS = {
    DEVIATES: FailureKind.DEVIATES,
    UNREACHABLE: FailureKind.UNREACHABLE,
    BROKE: FailureKind.BROKE,
}
FAILED = ("failed", "broken")


class Judge:
    """Weighs what was run against what should have been.

    A clause passed if every scenario that is about it did, in every run that meant to try it.
    """

    def __init__(
        self, evidence: Sequence[ScenarioEvidence], plan: Iterable[PlannedScenario]
    ) -> None:
        self._settings = sorted({one.setting for one in evidence}, key=_as_readers_expect)
        self._found: dict[tuple[object, Setting], list[ScenarioEvidence]] = defaultdict(list)
        for one in evidence:
            self._found[one.key, one.setting].append(one)
        by_key = {planned.key: planned for planned in plan}
        run = {by_key[one.key] for one in evidence if one.key in by_key}
        editions = {planned.edition for planned in run} or {""}
        self._plan = [planned for planned in by_key.values() if planned.edition in editions]
        self._kinds = {
            (setting, planned.edition, planned.on_a_phone)
            for setting in self._settings
            for planned in run
            if (planned.key, setting) in self._found
        }
        self._evidence = evidence

    def conformance(self, clauses: Iterable[Clause]) -> Conformance:
        """The verdict about every clause."""
        judged = [self._clause(clause) for clause in clauses]
        fine = (Verdict.PASSED, Verdict.NOT_OFFERED)
        return Conformance(
            conforms=all(clause.verdict in fine for clause in judged),
            target=_joined(setting.target for setting in self._settings),
            locale=_joined(setting.locale for setting in self._settings),
            began=_moment(min((one.began for one in self._evidence), default=None)),
            ended=_moment(max((one.ended for one in self._evidence), default=None)),
            runs=[Run(**setting.facts) for setting in self._settings],
            clauses=judged,
        )

    def _clause(self, clause: Clause) -> ClauseRecord:
        checks = [
            check
            for planned in self._plan
            if clause.id in planned.clauses
            for check in self._checks(clause.id, planned)
        ]
        runs = sorted({check.run for check in checks if check.run is not None})
        return ClauseRecord(
            id=clause.id,
            procedure=clause.procedure.id,
            title=clause.title[OUR_LANGUAGE],
            verdict=worst([check.verdict for check in checks]),
            seconds=round(sum(check.seconds for check in checks if check.walk), 3),
            runs=[
                RunVerdict(run=run, verdict=worst([c.verdict for c in checks if c.run == run]))
                for run in runs
            ],
            checks=sorted(checks, key=lambda check: -check.verdict.rank),
        )

    def _checks(self, clause: str, planned: PlannedScenario) -> Iterator[Check]:
        meant = [run for run, setting in enumerate(self._settings) if self._means(setting, planned)]
        if not meant:
            yield _not_run(planned, None)
        for run in meant:
            found = self._found[planned.key, self._settings[run]]
            yield from (_check(clause, planned, one, run) for one in found)
            if not found:
                yield _not_run(planned, run)

    def _means(self, setting: Setting, planned: PlannedScenario) -> bool:
        """Whether the run in this setting tries scenarios of this kind."""
        return (setting, planned.edition, planned.on_a_phone) in self._kinds


def _as_readers_expect(setting: Setting) -> tuple[object, ...]:
    """By language, the desktop before the phones."""
    is_phone = setting.device != DESKTOP
    return setting.target, setting.locale, is_phone, setting.device, setting.browser


def _not_run(planned: PlannedScenario, run: int | None) -> Check:
    return Check(
        feature=planned.feature,
        scenario=title(planned.name, dict(planned.example)),
        walk=planned.is_walk,
        run=run,
        verdict=Verdict.NOT_RUN,
    )


def _check(clause: str, planned: PlannedScenario, one: ScenarioEvidence, run: int) -> Check:
    passages = [passage for passage in one.passages if passage.clause == clause]
    blamed = blamed_clause(planned, one)
    verdict = _verdict(passages, one, is_blamed=blamed == clause)
    shown = passages or ([one.passages[-1]] if blamed == clause and one.passages else [])
    pictures = [passage.picture.name for passage in shown if passage.picture]
    return Check(
        feature=one.feature,
        scenario=one.title,
        walk=planned.is_walk,
        run=run,
        verdict=verdict,
        seconds=round(sum(passage.seconds for passage in shown), 3),
        steps=[_step(step) for passage in shown for step in passage.steps],
        picture=pictures[-1] if pictures else None,
        failure=failure_in(one.message) if verdict is Verdict.FAILED else None,
        lacking=_lacking(one) if verdict is Verdict.NOT_OFFERED else None,
    )


def blamed_clause(planned: PlannedScenario, one: ScenarioEvidence) -> str | None:
    """The clause that a failure is held against: the first one if it came before all of them."""
    if one.status not in FAILED:
        return None
    failed = [passage.clause for passage in one.passages if passage.status in FAILED]
    return next((clause for clause in failed if clause), planned.clauses[0])


def _verdict(passages: list[Passage], one: ScenarioEvidence, is_blamed: bool) -> Verdict:
    if is_blamed:
        return Verdict.FAILED
    if passages and all(passage.status == "passed" for passage in passages):
        return Verdict.PASSED
    return Verdict.NOT_OFFERED if _lacking(one) else Verdict.NOT_RUN


def _lacking(one: ScenarioEvidence) -> str | None:
    _, declared, what = one.message.partition(NOT_OFFERED)
    return what.splitlines()[0] if declared and one.status == "skipped" else None


def _step(step: object) -> Step:
    return Step.model_validate(step, from_attributes=True)


def failure_in(message: str) -> Failure:
    """What the message of a failed scenario tells: whose trouble, and the difference."""
    line = message.partition("\n")[0]
    for opening, kind in KINDS.items():
        _, found, rest = line.partition(opening)
        if found:
            expected, _, showed = rest.rpartition(SHOWED if kind is FailureKind.DEVIATES else "; ")
            return Failure(kind=kind, expected=expected.strip(), showed=showed.strip())
    return Failure(kind=FailureKind.BROKE, expected="", showed=re.sub(r"^\w+Error: ", "", line))


def _joined(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
