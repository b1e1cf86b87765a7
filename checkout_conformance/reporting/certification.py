"""The verdict about the evidence of both drivers: the browser certifies, HTTP stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from checkout_conformance.clauses import Clause
from checkout_conformance.evidence.setting import UNKNOWN
from checkout_conformance.plan import PlannedScenario
from checkout_conformance.reporting.conformance import (
    Check,
    ClauseResult,
    Conformance,
    NotTried,
    RunVerdict,
    Verdict,
)
from checkout_conformance.reporting.evidence import ScenarioEvidence
from checkout_conformance.reporting.judge import ConformanceJudge
from checkout_conformance.reporting.selection import Selection

OfRun = TypeVar("OfRun", Check, NotTried)
TRIED = (Verdict.PASSED, Verdict.FAILED)


def certify(
    evidence: Sequence[ScenarioEvidence],
    plan: Sequence[PlannedScenario],
    clauses: Iterable[Clause],
    at_least: int | None = None,
    selection: Selection | None = None,
) -> Conformance:
    """Return the verdict on every clause; at least ``at_least`` of them have to pass.

    Runs in a browser decide it alone. Those without one are shown beside them; if there are no
    others, nothing is certified.
    """
    asked = list(clauses)
    browser, http = _by_driver(evidence)

    def judged(part: Sequence[ScenarioEvidence]) -> Conformance:
        return ConformanceJudge(part, plan, selection).conformance(asked, at_least)

    if not http:
        return judged(browser)
    without = judged(http)
    return _beside(judged(browser), without) if browser else _alone(without)


def _by_driver(
    evidence: Sequence[ScenarioEvidence],
) -> tuple[list[ScenarioEvidence], list[ScenarioEvidence]]:
    """The evidence of browsers and that of HTTP.

    What broke before it began is of unknown driver: it counts for the browsers, if there are any.
    """
    http = [one for one in evidence if not one.setting.certifies]
    browser = [one for one in evidence if one.setting.certifies]
    if all(one.setting.target == UNKNOWN for one in browser) and http:
        return [], list(evidence)
    return browser, http


def _alone(document: Conformance) -> Conformance:
    clauses = [clause.model_copy(update=_without_browser(clause)) for clause in document.clauses]
    return document.model_copy(update={"clauses": clauses, "without_browser": document.tally})


def _without_browser(clause: ClauseResult) -> dict[str, bool]:
    return {"only_without_browser": any(check.verdict in TRIED for check in clause.checks)}


def _beside(browser: Conformance, http: Conformance) -> Conformance:
    """The document of the browser, with what HTTP showed added and no verdict changed."""
    first = len(browser.runs)
    added = {clause.id: clause for clause in http.clauses}
    moments = [one for one in (browser.began, http.began) if one]
    ends = [one for one in (browser.ended, http.ended) if one]
    return browser.model_copy(
        update={
            "target": _joined(browser.target, http.target),
            "locale": _joined(browser.locale, http.locale),
            "began": min(moments, default=None),
            "ended": max(ends, default=None),
            "runs": [*browser.runs, *http.runs],
            "clauses": [
                _with(clause, added[clause.id], first) if clause.id in added else clause
                for clause in browser.clauses
            ],
            "other_checks": [*browser.other_checks, *_moved(http.other_checks, first)],
            "not_tried": [*browser.not_tried, *_moved(http.not_tried, first)],
            "missing": [*browser.missing, *http.missing],
            "without_browser": http.tally,
        }
    )


def _with(browser: ClauseResult, http: ClauseResult, first: int) -> ClauseResult:
    """The clause with the checks of both drivers; ``first`` is the index of HTTP's first run."""
    # What no run was meant to try is among the browser's checks already.
    added = _moved([check for check in http.checks if check.run is not None], first)
    is_tried = any(check.verdict in TRIED for check in browser.checks)
    return browser.model_copy(
        update={
            "runs": [
                *browser.runs,
                *(RunVerdict(run=one.run + first, verdict=one.verdict) for one in http.runs),
            ],
            "checks": sorted([*browser.checks, *added], key=lambda check: -check.verdict.rank),
            "only_without_browser": not is_tried and _without_browser(http)["only_without_browser"],
        }
    )


def _moved(of_runs: Iterable[OfRun], first: int) -> list[OfRun]:
    return [
        one.model_copy(update={"run": None if one.run is None else one.run + first})
        for one in of_runs
    ]


def _joined(one: str, other: str) -> str:
    return ", ".join(dict.fromkeys([*one.split(", "), *other.split(", ")]))
