"""What a target file knows of a site changes the exit status, and never the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from checkout_conformance.evidence.setting import Setting
from checkout_conformance.plan import PlannedScenario
from checkout_conformance.reporting.allure_html import ReportError
from checkout_conformance.reporting.certification import certify
from checkout_conformance.reporting.conformance import Conformance
from checkout_conformance.reporting.evidence import ScenarioEvidence
from checkout_conformance.reporting.known_deviation import KnownState
from checkout_conformance.reporting.known_deviations import (
    RECORD,
    Entry,
    KnownDeviations,
    known_in,
    with_known,
    write_known,
)
from checkout_conformance.reporting.selection import Selection
from tests.support.sample_evidence import (
    DEVIATES,
    IN_ENGLISH,
    OVER_HTTP,
    planned,
    ran,
    section,
    some_clauses,
)

WALK = planned("the walk", "W1.1", "W1.2", "W1.3")
RULE = planned("a rule", "W1.2")
PLAN = [WALK, RULE]
WALKED = ran("the walk", section("W1.1"), section("W1.2"), section("W1.3"))
RULED = ran("a rule", section("W1.2"))
# The samples ended on this day.
DAY = date(2001, 9, 9)
UNTRIED = "RuntimeError: W1.2: could not be tried: the buyer is signed in; Too many sign-ins"
UNREACHABLE = "RuntimeError: W1.2: a site could not be reached: the tile; no answer"


def wrong_rule(message: str = DEVIATES, setting: Setting = IN_ENGLISH) -> ScenarioEvidence:
    status = "failed" if message == DEVIATES else "broken"
    return ran("a rule", section("W1.2", status), status=status, message=message, setting=setting)


def known(
    clause: str = "W1.2", scenario: str | None = None, until: date = DAY, target: str = "mock"
) -> KnownDeviations:
    entry = Entry(clause=clause, scenario=scenario, reason="the tile is late", until=until)
    return KnownDeviations(target=target, deviations=[entry], failed_elsewhere=0)


def judged(
    evidence: Sequence[ScenarioEvidence],
    *recorded: KnownDeviations,
    plan: Sequence[PlannedScenario] = PLAN,
    at_least: int | None = None,
    selection: Selection | None = None,
) -> Conformance:
    clauses = some_clauses("W1.1", "W1.2", "W1.3")
    return with_known(certify(evidence, plan, clauses, at_least, selection), recorded)


def states(document: Conformance) -> list[str]:
    return [one.state.value for one in document.known_deviations]


def test_without_any_nothing_is_said() -> None:
    document = judged([WALKED, wrong_rule()], KnownDeviations(target="mock"))
    assert (document.accepted, document.known_deviations) == (None, [])
    assert not document.is_acceptable


def test_one_that_happened_is_accepted_and_the_verdict_stays() -> None:
    document = judged([WALKED, wrong_rule()], known())
    assert states(document) == ["happened"]
    assert (document.conforms, document.accepted) == (False, True)
    [failed] = [check for check in document.clauses[1].checks if check.failure]
    assert failed.known == "the tile is late"


def test_what_a_scenario_did_not_reach_because_of_it_is_accepted_too() -> None:
    cut_off = ran(
        "the walk",
        *(section("W1.1"), section("W1.2", "failed")),
        status="failed",
        message=DEVIATES,
    )
    document = judged([cut_off, RULED], known())
    assert document.clauses[2].verdict.value == "not run"
    assert document.accepted


def test_what_was_not_run_for_another_reason_is_not() -> None:
    assert judged([wrong_rule()], known()).accepted is False


@pytest.mark.parametrize(
    "other",
    [known("W1.3"), known(scenario="the walk"), known(target="another"), known("W1.1")],
    ids=["another clause", "another scenario", "another target", "a clause that passed"],
)
def test_it_accepts_no_other_failure(other: KnownDeviations) -> None:
    document = judged([WALKED, wrong_rule()], other)
    assert document.accepted is False
    assert not any(check.known for clause in document.clauses for check in clause.checks)


def test_with_a_scenario_only_that_one_is_accepted() -> None:
    cut_off = ran("the walk", section("W1.1"), section("W1.2", "failed"), status="failed")
    evidence = [cut_off, wrong_rule()]
    assert judged(evidence, known()).accepted is False
    assert judged([WALKED, wrong_rule()], known(scenario="a rule")).accepted


def test_one_that_did_not_happen_makes_the_run_fail() -> None:
    document = judged([WALKED, RULED], known())
    assert states(document) == ["did not happen"]
    assert (document.conforms, document.is_acceptable) == (True, False)


def test_a_name_that_no_scenario_has_did_not_happen() -> None:
    assert states(judged([WALKED, wrong_rule()], known(scenario="a rulle"))) == ["did not happen"]


def test_what_a_selection_left_out_was_not_tried() -> None:
    selection = Selection(options=("-k rule",), scenarios={Path(): frozenset({RULE.key})})
    document = judged([RULED], known("W1.3"), selection=selection)
    assert states(document) == ["not tried"]
    assert document.is_acceptable


@pytest.mark.parametrize(
    ("until", "state"), [(DAY, "happened"), (date(2001, 9, 8), "past its date")]
)
def test_it_is_accepted_until_its_last_day_is_over(until: date, state: str) -> None:
    document = judged([WALKED, wrong_rule()], known(until=until))
    assert states(document) == [state]
    assert document.accepted is (until == DAY)


def test_one_past_its_date_fails_even_if_it_did_not_happen() -> None:
    document = judged([WALKED, RULED], known(until=date(2001, 9, 8)))
    assert states(document) == ["past its date"]
    assert not document.is_acceptable


@pytest.mark.parametrize("message", [UNTRIED, UNREACHABLE])
def test_what_is_no_deviation_is_never_accepted(message: str) -> None:
    document = judged([WALKED, wrong_rule(message)], known())
    assert document.accepted is False


def test_a_scenario_of_no_clause_that_could_not_be_tried_is_never_accepted() -> None:
    other = ran("another", section(""), status="broken", message=UNTRIED, file="other.feature")
    document = judged([WALKED, wrong_rule(), other], known())
    assert [check.verdict.value for check in document.other_checks] == ["could not be tried"]
    assert document.accepted is False


def test_a_good_run_stays_good_whatever_failed_elsewhere() -> None:
    selection = Selection(options=("-k rule",), scenarios={Path(): frozenset({RULE.key})})
    untried = known("W1.3").model_copy(update={"failed_elsewhere": 1})
    assert judged([RULED], untried, selection=selection).is_acceptable


def test_tests_that_failed_elsewhere_are_not_accepted() -> None:
    failed = known().model_copy(update={"failed_elsewhere": 1})
    stopped = known().model_copy(update={"failed_elsewhere": None})
    assert judged([WALKED, wrong_rule()], failed).accepted is False
    assert judged([WALKED, wrong_rule()], stopped).accepted is False


def test_a_run_without_a_browser_is_not_accepted() -> None:
    walked = ran("the walk", section("W1.1"), section("W1.2"), section("W1.3"), setting=OVER_HTTP)
    document = judged([walked, wrong_rule(setting=OVER_HTTP)], known())
    assert states(document) == ["happened"]
    assert document.accepted is False


def test_too_few_clauses_are_not_accepted() -> None:
    assert judged([WALKED, wrong_rule()], known(), at_least=2).accepted
    assert judged([WALKED, wrong_rule()], known(), at_least=3).accepted is False


def test_every_run_has_its_own(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two", tmp_path / "none"]
    write_known(folders[0], known())
    write_known(folders[1], known("W1.3"))
    assert [one.deviations[0].clause for one in known_in(folders)] == ["W1.2", "W1.3"]


def test_a_record_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / RECORD).write_text("{")
    with pytest.raises(ReportError, match="known deviations, cannot be read"):
        known_in([tmp_path])


def test_only_what_has_to_be_changed_is_to_be_mended() -> None:
    assert KnownState.HAPPENED not in KnownState.to_mend()
    assert KnownState.NOT_TRIED not in KnownState.to_mend()
