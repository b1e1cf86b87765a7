"""Compare the evidence with the plan: passed, failed, not offered or not run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import UTC, datetime

from checkout_conformance.clauses import OUR_LANGUAGE, Clause
from checkout_conformance.drivers.devices import DESKTOP
from checkout_conformance.evidence.setting import UNKNOWN, Setting
from checkout_conformance.plan import PlannedScenario
from checkout_conformance.reporting.checks import (
    FAILED,
    as_planned,
    check_of,
    failed_clause,
    not_run,
    whole,
)
from checkout_conformance.reporting.conformance import (
    Check,
    ClauseResult,
    Conformance,
    MissingEvidence,
    NotTried,
    Run,
    RunVerdict,
    SelectionResult,
    Verdict,
    worst,
)
from checkout_conformance.reporting.evidence import ScenarioEvidence
from checkout_conformance.reporting.selection import Selection
from checkout_conformance.reporting.skips import not_tried_in


class ConformanceJudge:
    """Makes the conformance document from the evidence of one driver, and the plan.

    A clause passed if every scenario that is about it did, in every run that meant to try it.
    Scenarios that nobody planned count too: for their clauses or, without one, by themselves.
    Of a selection, only what was chosen should have been run; of what was left out nothing is said.
    """

    def __init__(
        self,
        evidence: Sequence[ScenarioEvidence],
        plan: Iterable[PlannedScenario],
        selection: Selection | None = None,
    ) -> None:
        began = [one for one in evidence if one.setting.target != UNKNOWN]
        self._settings = sorted({one.setting for one in began}, key=_as_readers_expect)
        self._found: dict[tuple[object, Setting], list[ScenarioEvidence]] = defaultdict(list)
        for one in began:
            self._found[one.key, one.setting].append(one)
        by_key = {planned.key: planned for planned in plan}
        run = {by_key[one.key] for one in began if one.key in by_key}
        editions = {planned.edition for planned in run} or {""}
        self._selection = selection
        self._plan = [
            planned
            for planned in by_key.values()
            if planned.edition in editions and (planned in run or self._is_chosen(planned))
        ]
        folders = {(one.folder, one.setting) for one in began} if selection else set()
        self._chosen = {
            (key, setting)
            for folder, setting in folders
            for key in (selection.scenarios.get(folder, ()) if selection else ())
        }
        self._kinds = {
            (setting, planned.edition, planned.on_a_phone)
            for setting in self._settings
            for planned in run
            if (planned.key, setting) in self._found
        }
        self._unplanned = [one for one in began if one.key not in by_key]
        self._never_began = [one for one in evidence if one.setting.target == UNKNOWN]
        self._evidence = evidence

    def conformance(self, clauses: Iterable[Clause], at_least: int | None = None) -> Conformance:
        """Return the verdict on every clause; at least ``at_least`` of them have to pass."""
        judged = [self._clause(clause) for clause in clauses]
        if self._selection:
            judged = [clause for clause in judged if clause.checks]
        others = list(self._others({clause.id for clause in judged}))
        others += self._untold([*(check for one in judged for check in one.checks), *others])
        passed = sum(clause.verdict is Verdict.PASSED for clause in judged)
        fine = (Verdict.PASSED, Verdict.NOT_OFFERED)
        nothing_wrong = (
            all(clause.verdict in fine for clause in judged)
            and passed >= (at_least or 0)
            and not any(check.failure for check in others)
        )
        found = [*others, *(check for clause in judged for check in clause.checks)]
        is_open = any(check.verdict is Verdict.COULD_NOT_BE_TRIED for check in found)
        has_failed = any(check.verdict is Verdict.FAILED for check in found)
        certifies = all(setting.certifies for setting in self._settings)
        return Conformance(
            conforms=nothing_wrong and passed > 0
            if certifies and not self._selection and (has_failed or not is_open)
            else None,
            certifies=certifies,
            selection=self._selection
            and SelectionResult(chosen_by=list(self._selection.options), passed=nothing_wrong),
            passed=passed,
            offered=sum(clause.verdict is not Verdict.NOT_OFFERED for clause in judged),
            total=len(judged),
            at_least=at_least,
            target=_joined(setting.target for setting in self._settings),
            locale=_joined(setting.locale for setting in self._settings),
            began=_moment(min((one.began for one in self._evidence), default=None)),
            ended=_moment(max((one.ended for one in self._evidence), default=None)),
            runs=[Run(**setting.facts) for setting in self._settings],
            clauses=judged,
            other_checks=others,
            not_tried=list(self._not_tried()),
            missing=[
                MissingEvidence(feature=one.feature, scenario=one.title, names=list(one.missing))
                for one in self._evidence
                if one.missing
            ],
        )

    def _not_tried(self) -> Iterator[NotTried]:
        for one in self._evidence:
            need = not_tried_in(one)
            if need:
                has_begun = one.setting in self._settings
                yield NotTried(
                    feature=one.feature,
                    scenario=one.title,
                    run=self._settings.index(one.setting) if has_begun else None,
                    needs=list(need.capabilities),
                    step=need.step or None,
                )

    def _others(self, known: Set[str]) -> Iterator[Check]:
        """Yield checks of scenarios without a known clause, so that no failure is lost."""
        for one in self._unplanned:
            failed = failed_clause(as_planned(one), one)
            if known.isdisjoint(one.clauses) or (one.status in FAILED and failed not in known):
                yield whole(one, self._settings.index(one.setting))
        yield from (whole(one, None) for one in self._never_began if one.status in FAILED)

    def _untold(self, checks: Sequence[Check]) -> list[Check]:
        """Return the failures that no check tells of, so that none is lost.

        Two projects may have a feature of the same name: what failed in a clause that the plan does
        not know of there is a failure all the same.
        """
        told = {(one.feature, one.scenario, one.run) for one in checks if one.failure}
        failed = [
            (one, self._settings.index(one.setting))
            for one in self._evidence
            if one.status in FAILED and one.setting in self._settings
        ]
        return [whole(one, run) for one, run in failed if (one.feature, one.title, run) not in told]

    def _clause(self, clause: Clause) -> ClauseResult:
        checks = [
            check
            for planned in self._plan
            if clause.id in planned.clauses
            for check in self._checks(clause.id, planned)
        ]
        checks += [
            check_of(clause.id, as_planned(one), one, self._settings.index(one.setting))
            for one in self._unplanned
            if clause.id in one.clauses
        ]
        runs = sorted({check.run for check in checks if check.run is not None})
        return ClauseResult(
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
        meant = [
            run
            for run, setting in enumerate(self._settings)
            if self._was_meant_to_run(setting, planned)
        ]
        if not meant:
            yield not_run(planned, None)
        for run in meant:
            found = self._found[planned.key, self._settings[run]]
            yield from (check_of(clause, planned, one, run) for one in found)
            if not found:
                yield not_run(planned, run)

    def _was_meant_to_run(self, setting: Setting, planned: PlannedScenario) -> bool:
        """Whether the run in this setting tries scenarios of this kind, and this one."""
        if (setting, planned.edition, planned.on_a_phone) not in self._kinds:
            return False
        if self._selection is None or self._found[planned.key, setting]:
            return True
        return (planned.key, setting) in self._chosen

    def _is_chosen(self, planned: PlannedScenario) -> bool:
        selection = self._selection
        return selection is None or any(planned.key in of for of in selection.scenarios.values())


def _as_readers_expect(setting: Setting) -> tuple[object, ...]:
    """By language, the desktop before the phones."""
    is_phone = setting.device != DESKTOP
    return setting.target, setting.locale, is_phone, setting.device, setting.browser


def _joined(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
