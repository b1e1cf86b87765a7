"""A mutant is noticed by a failure on the reference, or by a deviant that survives it."""

from __future__ import annotations

import json

import pytest

from checkout_conformance.deviants.deviant import REFERENCE, Deviant
from checkout_conformance.deviants.matrix import (
    BROWSER,
    HTTP,
    Attempt,
    DeviantRecord,
    DriverName,
    KillMatrix,
    Outcome,
)
from checkout_conformance.oracle.assertions import Assertion
from checkout_conformance.oracle.choice import covering, killed_over_http, likely_to_fail_at
from checkout_conformance.oracle.command import on_reference, searched, trials_of
from checkout_conformance.oracle.page import render_report, verdict_line
from checkout_conformance.oracle.report import (
    NEVER_REACHED,
    NO_DIFFERENCE,
    STOPS_NOTHING,
    Known,
    MutantRecord,
    OracleReport,
    report_on,
    wilson,
)
from checkout_conformance.oracle.trials import Trial, TrialResult
from checkout_conformance.plan import read_plan
from tests.support.sample_evidence import planned

PLACE = "steps.wallet:tile_is_there:1"
TILE = Assertion(PLACE, 7, "expect(tile).to_be_visible()", ("drop", "negate"))
OTHER = Assertion("steps.wallet:tile_is_there:2", 8, "expect(tile).to_be_visible()", ("drop",))


def trial(site: str = REFERENCE, name: str = "a rule", operator: str = "") -> Trial:
    place = PLACE if operator else ""
    clause = "" if site == REFERENCE else "W1.2"
    return Trial(
        site=site, feature="w.feature", name=name, clause=clause, place=place, operator=operator
    )


def came(one: Trial, outcome: Outcome, *reached: str) -> TrialResult:
    """A result whose last assertion failed, unless the scenario passed."""
    failed = reached[-1] if reached and outcome is not Outcome.PASSED else ""
    return TrialResult(trial=one, outcome=outcome, reached=reached, failed=failed)


KNOWN = Known(
    [
        came(trial(name="a walk"), Outcome.PASSED, "steps.x:y:1", PLACE, OTHER.place),
        came(trial(), Outcome.PASSED, PLACE),
        came(trial(name="failed"), Outcome.WRONG_PLACE, PLACE),
        came(trial("no-tiles"), Outcome.KILLED, "steps.x:y:1", PLACE),
        came(trial("odd-tiles"), Outcome.PASSED, PLACE),
    ]
)


def record(operator: str, *results: TrialResult) -> MutantRecord:
    [one] = report_on([TILE], KNOWN, results).assertions
    return next(mutant for mutant in one.mutants if mutant.operator == operator)


def test_a_negated_assertion_is_tried_in_the_shortest_scenario_that_passes() -> None:
    [negated] = [one for one in KNOWN.trials([TILE], most=2) if one.operator == "negate"]
    assert (negated.site, negated.name, negated.place) == (REFERENCE, "a rule", PLACE)


def test_a_dropped_assertion_is_tried_on_a_deviant_that_failed_at_it() -> None:
    dropped = [one for one in KNOWN.trials([TILE, OTHER], most=2) if one.operator == "drop"]
    assert [(one.site, one.place) for one in dropped] == [("no-tiles", PLACE)]


def test_no_more_deviants_than_asked_for_are_tried() -> None:
    kills = [came(trial(f"no-{number}"), Outcome.KILLED, PLACE) for number in range(5)]
    assert len(Known(kills).trials([TILE], most=2)) == 2


def test_a_deviant_that_failed_at_an_action_failed_at_no_assertion() -> None:
    pressed = TrialResult(trial=trial("no-tiles"), outcome=Outcome.KILLED, reached=(PLACE,))
    assert Known([pressed]).stops(PLACE) == []


def test_a_killed_deviant_is_tried_before_one_that_is_not_judged() -> None:
    outcomes = (Outcome.WRONG_PLACE, Outcome.BROKE, Outcome.KILLED)
    known = Known([came(trial(f"is {one}"), one, PLACE) for one in outcomes])
    assert [one.site for one in known.stops(PLACE)] == [f"is {one}" for one in outcomes[::-1]]


def test_a_precondition_notices_if_the_deviant_is_judged_without_it() -> None:
    known = Known([came(trial("no-tiles"), Outcome.BROKE, PLACE)])
    for outcome, noticed in ((Outcome.BROKE, False), (Outcome.PASSED, True)):
        result = came(trial("no-tiles", operator="drop"), outcome)
        report = report_on([TILE], known, [result])
        assert report.mutants[0].noticed is noticed


@pytest.mark.parametrize(
    ("outcome", "noticed"),
    [(Outcome.PASSED, True), (Outcome.WRONG_PLACE, True), (Outcome.KILLED, False)],
)
def test_a_deviant_that_is_not_killed_any_more_notices(outcome: Outcome, noticed: bool) -> None:
    found = record("drop", came(trial("no-tiles", operator="drop"), outcome))
    assert found.noticed is noticed
    assert found.reason == ("" if noticed else NO_DIFFERENCE)


@pytest.mark.parametrize(
    ("outcome", "noticed"),
    [
        (Outcome.WRONG_PLACE, True),
        (Outcome.BROKE, True),
        (Outcome.PASSED, False),
        (Outcome.NOT_TRIED, False),
    ],
)
def test_a_failure_on_the_reference_notices(outcome: Outcome, noticed: bool) -> None:
    assert record("negate", came(trial(operator="negate"), outcome)).noticed is noticed


def test_a_mutant_that_was_not_tried_says_why() -> None:
    assert record("drop").reason == STOPS_NOTHING
    [one] = report_on([TILE], Known([]), []).assertions
    assert {mutant.reason for mutant in one.mutants} == {NEVER_REACHED}


def test_the_report_has_the_score_and_the_mutants_that_nothing_noticed() -> None:
    results = [
        came(trial("no-tiles", operator="drop"), Outcome.KILLED),
        came(trial(operator="negate"), Outcome.BROKE),
    ]
    report = report_on([TILE], KNOWN, results)
    assert (report.noticed, report.percent) == (1, 50.0)
    assert verdict_line(report) == "1 of 2 oracle mutants noticed (50.0 %): unnoticed 1 drop."
    page = render_report(report)
    for told in (PLACE.partition(":")[2], TILE.source, NO_DIFFERENCE, "a rule"):
        assert told in page
    assert OracleReport.model_validate(json.loads(report.model_dump_json())) == report


def test_the_verdict_on_a_sample_has_its_confidence_interval() -> None:
    results = [came(trial("no-tiles", operator="drop"), Outcome.PASSED)]
    report = report_on([TILE], KNOWN, results, all_mutants=40)
    told = "1 of 2 oracle mutants noticed (50.0 %, 95 % interval 9.5 to 90.5 %, a sample of 40)"
    assert verdict_line(report) == f"{told}: unnoticed 1 negate."


# Newcombe (1998), Statistics in Medicine 17: table I, method 3.
@pytest.mark.parametrize(
    ("hits", "number", "low", "high"),
    [(81, 263, 25.5, 36.6), (15, 148, 6.2, 16.0), (0, 20, 0.0, 16.1), (1, 29, 0.6, 17.2)],
)
def test_the_confidence_interval_is_that_of_the_literature(
    hits: int, number: int, low: float, high: float
) -> None:
    assert [round(one, 1) for one in wilson(hits, number)] == [low, high]


def test_the_confidence_interval_of_nothing_is_everything() -> None:
    assert wilson(0, 0) == (0, 100)


def test_without_mutants_nothing_is_unnoticed() -> None:
    assert OracleReport(assertions=[]).percent == 100


def test_the_kills_over_http_are_run_again_in_their_scenarios() -> None:
    rule = planned("a rule", "W1.2")
    kill = Attempt(
        driver=HTTP, feature="w.feature", scenario="a rule", outcome=Outcome.KILLED, seconds=1
    )
    deviant = DeviantRecord(
        name="no-tiles",
        sentence="There are no tiles.",
        clause="W1.2",
        site="wallet",
        kind="missing",
        killed=True,
        driver=HTTP,
        scenario="a rule",
        seconds=1,
        attempts=[kill],
    )
    assert trials_of([deviant], [rule]) == [trial("no-tiles")]
    assert trials_of([deviant], [planned("renamed", "W1.2")]) == []
    assert on_reference([rule]) == [trial()]


def a_deviant(name: str, sentence: str, clause: str = "W1.2") -> Deviant:
    return Deviant(name, sentence, clause, "wallet", "missing", (), lambda site: None)


def test_the_likeliest_deviants_of_the_clause_are_searched() -> None:
    deviants = [
        a_deviant("dear-lamp", "The lamp is dear."),
        a_deviant("no-tiles", "There is no tile."),
        a_deviant("odd-tiles", "A tile has no caption.", "W1.3"),
        a_deviant("one-tile", "There is only one tile there."),
    ]
    scenarios = [planned("a rule", "W1.2"), planned("the only one", "W1.2")]
    [(first, its), *_] = likely_to_fail_at(TILE, scenarios, deviants, most=4)
    found = [one.name for one, _ in likely_to_fail_at(TILE, scenarios, deviants, most=2)]
    assert (first.clause, its.name) == ("W1.2", "the only one")
    assert sorted(found) == ["no-tiles", "one-tile"]
    assert len(likely_to_fail_at(TILE, scenarios, deviants, most=9)) == 3


@pytest.mark.parametrize(
    ("place", "operators", "is_searched"),
    [
        (OTHER.place, ("drop", "negate"), True),
        (OTHER.place, ("negate",), False),
        (PLACE, ("drop",), False),
        ("steps.x:nobody_comes:1", ("drop",), False),
    ],
)
def test_deviants_are_searched_for_an_assertion_at_which_none_failed(
    place: str, operators: tuple[str, ...], is_searched: bool
) -> None:
    plan = [one for one in read_plan() if one.clauses == ("W1.2",)][:1]
    [reference] = on_reference(plan)
    known = Known(
        [
            came(reference, Outcome.PASSED, PLACE, OTHER.place),
            came(trial("no-tiles"), Outcome.KILLED, PLACE),
        ]
    )
    found = searched([Assertion(place, 1, "", operators)], known, plan, most=2)
    assert len(found) == (2 if is_searched else 0)
    assert all(one.key == plan[0].key and one.clause == "W1.2" for one in found)
    assert searched([Assertion(place, 1, "", operators)], known, plan, most=0) == []


def killed(name: str, step: str, driver: DriverName = HTTP) -> DeviantRecord:
    """A deviant that was killed at a step."""
    return DeviantRecord(
        name=name,
        sentence="It is wrong.",
        clause="W1.2",
        site="wallet",
        kind="missing",
        killed=True,
        driver=driver,
        scenario="a rule",
        step=step,
        seconds=1,
        attempts=[],
    )


def test_of_a_sentence_only_some_kills_are_looked_into() -> None:
    deviants = [
        killed("a", 'Then "Pay" is there'),
        killed("b", 'Then "Cart" is there'),
        killed("c", 'Then "View" is there'),
        killed("d", "Then 2 cards are there"),
        killed("e", 'Then "Pay" is there', BROWSER),
    ]
    matrix = KillMatrix(drivers=[HTTP], proven=True, reference=[], deviants=deviants)
    assert [one.name for one in killed_over_http([matrix], most=2)] == ["a", "b", "d"]


def test_the_chosen_scenarios_have_every_sentence_and_are_few() -> None:
    plan = read_plan()
    chosen = covering(plan)
    english = [one for one in plan if not one.edition]
    assert 0 < len(chosen) < len(english)
    assert covering(chosen) == chosen
    assert all(not one.edition for one in chosen)
