"""A deviant dies of a failure at its own clause that tells the difference, and of nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from checkout_conformance.deviants.deviant import REFERENCE
from checkout_conformance.deviants.judge import record_of
from checkout_conformance.deviants.matrix import KillMatrix, Outcome
from checkout_conformance.deviants.page import (
    closing_lines,
    render_matrix,
    result_line,
    verdict_line,
)
from checkout_conformance.reporting import evidence
from checkout_conformance.reporting.evidence import ScenarioEvidence
from tests.support.judged_deviant import (
    BROKE,
    JUDGE,
    RULE,
    SILENT,
    TILES,
    WALK,
    on,
    over_http,
    ruled,
    untried,
)
from tests.support.sample_evidence import (
    DEVIATES,
    section,
)

SCHEMA = Path(__file__).parents[3] / "reports" / "deviants.schema.json"


def matrix_of(*evidence: ScenarioEvidence) -> KillMatrix:
    return JUDGE.matrix([TILES], evidence)


def test_a_failure_at_a_step_of_the_clause_kills() -> None:
    attempt = JUDGE.judge(ruled("no-tiles", DEVIATES), "W1.2")
    assert attempt.outcome is Outcome.KILLED
    assert (attempt.clause, attempt.step) == ("W1.2", "step of W1.2")
    assert (attempt.expected, attempt.showed) == ("the tile is there", "nothing")


def test_a_walk_kills_only_in_the_passage_under_the_clause() -> None:
    sections = section("W1.1", "failed")
    early = on("no-tiles", "the walk", sections, message=DEVIATES)
    assert JUDGE.judge(early, "W1.2").outcome is Outcome.WRONG_PLACE
    late = on("no-tiles", "the walk", section("W1.1"), section("W1.2", "failed"), message=DEVIATES)
    assert JUDGE.judge(late, "W1.2").outcome is Outcome.KILLED


@pytest.mark.parametrize(("name", "clause"), [("the walk", "W1.1"), ("a rule", "W1.2")])
def test_a_background_counts_as_the_first_clause(name: str, clause: str) -> None:
    prepared = on("no-tiles", name, section("", "failed"), message=DEVIATES)
    assert JUDGE.judge(prepared, clause).outcome is Outcome.KILLED
    other = {"W1.1": "W1.2", "W1.2": "W1.1"}[clause]
    assert JUDGE.judge(prepared, other).outcome is Outcome.WRONG_PLACE


def test_a_scenario_that_was_skipped_neither_kills_nor_passes() -> None:
    skipped = replace(ruled("no-tiles"), status="skipped", message="Skipped: not offered")
    assert JUDGE.judge(skipped, "W1.2").outcome is Outcome.BROKE


def test_killed_on_the_deviant_and_passed_on_the_reference_is_proof() -> None:
    matrix = matrix_of(ruled("no-tiles", DEVIATES), ruled(REFERENCE))
    assert matrix.proven
    [record] = matrix.deviants
    assert (record.killed, record.scenario, record.step) == (True, "a rule", "step of W1.2")
    assert verdict_line(matrix).startswith("Proven: 1 of 1 deviants killed")


def test_a_kill_without_a_run_of_the_reference_proves_nothing() -> None:
    assert not matrix_of(ruled("no-tiles", DEVIATES)).proven


def test_a_kill_that_fails_on_the_reference_too_proves_nothing() -> None:
    matrix = matrix_of(ruled("no-tiles", DEVIATES), ruled(REFERENCE, DEVIATES))
    assert not matrix.proven
    assert [one.scenario for one in matrix.unlike_reference] == ["a rule"]


def test_a_survivor_proves_that_something_is_missing() -> None:
    matrix = matrix_of(ruled("no-tiles"), ruled(REFERENCE))
    assert not matrix.proven
    assert [one.verdict for one in matrix.deviants] == ["survived"]
    assert "1 survived" in verdict_line(matrix)


def test_a_deviant_that_was_not_tried_is_not_killed() -> None:
    matrix = matrix_of(ruled(REFERENCE))
    assert [one.verdict for one in matrix.deviants] == ["not tried"]
    assert not matrix.proven


def test_a_run_without_deviants_proves_nothing() -> None:
    assert not JUDGE.matrix([], [ruled(REFERENCE)]).proven


def test_a_kill_counts_though_another_scenario_failed_in_the_wrong_place() -> None:
    early = on("no-tiles", "the walk", section("W1.1", "failed"), message=DEVIATES)
    matrix = matrix_of(early, ruled("no-tiles", DEVIATES), ruled(REFERENCE))
    assert [one.killed for one in matrix.deviants] == [True]


def test_evidence_of_another_deviant_is_not_counted() -> None:
    assert [one.verdict for one in matrix_of(ruled("other", DEVIATES)).deviants] == ["not tried"]


def test_programs_find_name_clause_verdict_scenario_and_step() -> None:
    matrix = matrix_of(ruled("no-tiles", DEVIATES), ruled(REFERENCE))
    document = json.loads(matrix.model_dump_json())
    [deviant] = document["deviants"]
    asked = ("name", "clause", "killed", "scenario", "step")
    assert [deviant[key] for key in asked] == [
        *("no-tiles", "W1.2", True, "a rule", "step of W1.2"),
    ]
    assert document["schema_version"] == 3
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(document)


def test_the_published_schema_is_that_of_the_models() -> None:
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert published == KillMatrix.model_json_schema(), (
        "reports/deviants.schema.json is out of date: make schema"
    )


def test_the_page_shows_each_deviant_with_the_failure_that_killed_it() -> None:
    page = render_matrix(matrix_of(ruled("no-tiles", DEVIATES), ruled(REFERENCE)))
    for told in ("no-tiles", "There are no tiles.", "the tile is there", "step of W1.2", "Proven"):
        assert told in page
    assert "://" not in page


def test_the_page_begins_with_the_deviants_that_were_not_killed() -> None:
    page = render_matrix(matrix_of(ruled("no-tiles"), ruled(REFERENCE, DEVIATES)))
    assert page.index("To fix") < page.index("the reference failed")


def test_the_terminal_shows_the_scenario_and_step_of_a_kill() -> None:
    attempt = JUDGE.judge(ruled("no-tiles", DEVIATES), "W1.2")
    line = result_line(record_of(TILES, [attempt]))
    assert line == "killed    W1.2  no-tiles  1.0 s  a rule › step of W1.2"


def test_a_kill_with_a_masked_word_is_compared_with_its_scenario_on_the_reference(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(evidence, "read_plan", lambda: [WALK, RULE])
    masked = replace(ruled("no-tiles", DEVIATES), name="a •••", title="a •••")
    assert matrix_of(masked, ruled(REFERENCE)).proven
    assert not matrix_of(masked, replace(ruled(REFERENCE), name="other")).proven


def test_a_scenario_that_failed_once_on_the_reference_proves_nothing() -> None:
    kill = ruled("no-tiles", DEVIATES)
    assert not matrix_of(kill, ruled(REFERENCE, DEVIATES), ruled(REFERENCE)).proven


def test_a_scenario_that_the_driver_could_not_try_is_neither_kill_nor_failure() -> None:
    attempt = JUDGE.judge(untried("no-tiles"), "W1.2")
    assert attempt.outcome is Outcome.NOT_TRIED
    assert (attempt.driver, attempt.needs) == ("http", "script, focus (the buyer presses Pay)")


def test_a_kill_over_http_is_proof_if_the_reference_passed_over_http() -> None:
    kill = over_http(ruled("no-tiles", DEVIATES))
    matrix = matrix_of(kill, over_http(ruled(REFERENCE)))
    assert matrix.proven
    assert [one.driver for one in matrix.deviants] == ["http"]
    assert "1 of 1 deviants killed (1 over HTTP, 0 only in the browser)" in verdict_line(matrix)
    assert not matrix_of(kill, ruled(REFERENCE)).proven


def test_a_kill_of_the_browser_alone_has_the_capability_it_needs_as_its_reason() -> None:
    matrix = matrix_of(
        untried("no-tiles"),
        ruled("no-tiles", DEVIATES),
        untried(REFERENCE),
        ruled(REFERENCE),
    )
    assert matrix.proven
    [record] = matrix.only_in_browser
    assert (record.driver, record.needs) == ("browser", "script, focus (the buyer presses Pay)")
    first, last = closing_lines(matrix).splitlines()
    assert "no-tiles  script, focus (the buyer presses Pay)" in first
    assert "0 over HTTP, 1 only in the browser" in last
    assert "the reference passed 1 of 1 scenarios and 1 were not tried" in last
    page = render_matrix(matrix)
    assert "Killed only in the browser" in page
    assert "killed (in the browser)" in page


@pytest.mark.parametrize(
    ("message", "outcome"), [("", Outcome.PASSED), (BROKE, Outcome.BROKE), (SILENT, Outcome.BROKE)]
)
def test_a_killing_scenario_that_was_tried_over_http_shows_that_the_drivers_differ(
    message: str, outcome: Outcome
) -> None:
    references = (over_http(ruled(REFERENCE)), ruled(REFERENCE))
    matrix = matrix_of(
        over_http(ruled("no-tiles", message)), ruled("no-tiles", DEVIATES), *references
    )
    assert not matrix.proven
    assert [(one.name, one.over_http) for one in matrix.differences] == [("no-tiles", outcome)]
    assert verdict_line(matrix).startswith("Not proven: 1 of 1 deviants killed")
    assert "the drivers differ on 1 deviant" in verdict_line(matrix)
    assert f"the drivers differ: a rule: {outcome} over HTTP" in closing_lines(matrix)
    assert "To fix" in render_matrix(matrix)


def test_a_killing_scenario_that_nobody_ran_over_http_proves_nothing_of_the_drivers() -> None:
    other = over_http(on("no-tiles", "another rule", section("W1.2")))
    matrix = matrix_of(other, ruled("no-tiles", DEVIATES), ruled(REFERENCE))
    assert not matrix.proven
    assert [one.name for one in matrix.differences] == ["no-tiles"]
    assert "a rule: not run (run again with --note-kills) over HTTP" in closing_lines(matrix)
    assert "over HTTP: not run" in render_matrix(matrix)


def test_a_deviant_that_the_driver_could_not_try_has_not_survived() -> None:
    matrix = matrix_of(untried("no-tiles"), untried(REFERENCE))
    assert not matrix.proven
    assert [one.verdict for one in matrix.deviants] == ["not tried by this driver"]


def test_a_run_in_the_browser_alone_says_nothing_of_drivers() -> None:
    matrix = matrix_of(ruled("no-tiles", DEVIATES), ruled(REFERENCE))
    assert matrix.only_in_browser == []
    assert "HTTP" not in render_matrix(matrix) + closing_lines(matrix)
