"""The list of a clause's scenarios: rows stand under their title, and only once on the page."""

from __future__ import annotations

from checkout_conformance.reporting.conformance import Check, ClauseResult, Verdict
from checkout_conformance.reporting.feature_words import FeatureWords
from checkout_conformance.reporting.listed_scenarios import ListedScenario, ScenarioList

PASSED = Verdict.PASSED


def check(title: str, verdict: Verdict = PASSED, *, row: bool = False, run: int = 0) -> Check:
    return Check(
        feature="a.feature",
        scenario=title,
        walk=True,
        from_example=row,
        run=run,
        verdict=verdict,
    )


def listed(checks: list[Check], clause: str = "X.2") -> list[ListedScenario]:
    """The list of the second clause, where the first one has the row "one" of run 0."""
    first = check("walked [one]", row=True)
    clauses = [result("X.1", [first]), result("X.2", checks)]
    return ScenarioList(clauses, FeatureWords("en", [])).listed(checks, clause)


def result(clause: str, checks: list[Check]) -> ClauseResult:
    return ClauseResult(
        id=clause, procedure="X", title="", verdict=PASSED, seconds=0, runs=[], checks=checks
    )


def test_rows_that_follow_each_other_stand_under_one_title() -> None:
    both = listed([check("refused [0]", row=True), check("refused [-5]", row=True), check("paid")])

    assert [(one.title, [row.values for row in one.rows]) for one in both] == [
        ("refused", ["0", "-5"]),
        ("paid", [""]),
    ]


def test_brackets_in_the_title_of_a_scenario_without_rows_are_no_values() -> None:
    [one] = listed([check("paid [twice]")])

    assert (one.title, one.rows[0].values) == ("paid [twice]", "")


def test_a_row_that_an_earlier_clause_lists_is_only_counted() -> None:
    [one] = listed([check("walked [one]", row=True), check("walked [two]", row=True)])

    assert [row.values for row in one.rows] == ["two"]
    assert one.elsewhere == {"X.1": 1}


def test_a_row_that_failed_here_or_is_of_another_run_is_listed() -> None:
    failed = check("walked [one]", Verdict.FAILED, row=True)
    [one] = listed([failed, check("walked [one]", row=True, run=1)])

    assert [row.check.run for row in one.rows] == [0, 1]
    assert not one.elsewhere
