"""A twin passes if nothing fails on it; reporting its deviation is a false alarm."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from checkout_conformance.reporting.evidence import ScenarioEvidence
from checkout_conformance.targets.target import NOT_OFFERED
from checkout_conformance.twins.judge import SKIPPED, TwinJudge, record_of
from checkout_conformance.twins.matrix import Outcome, TwinMatrix
from checkout_conformance.twins.page import render_matrix, result_line, verdict_line
from checkout_conformance.twins.twin import Twin
from tests.support.judged_deviant import (
    BROKE,
    RULE,
    WALK,
    nothing,
    on,
    over_http,
    ruled,
    untried,
)
from tests.support.sample_evidence import DEVIATES, NOT_TRIED, section

SCHEMA = Path(__file__).parents[3] / "reports" / "twins.schema.json"
JUDGE = TwinJudge([WALK, RULE])
LISTED = Twin("in-a-list", "Tiles stand in a list.", "wallet", "structure", ("W1.2",), nothing)


def skipped(why: str) -> ScenarioEvidence:
    return replace(ruled("in-a-list"), status="skipped", message=f"Skipped: {why}")


def matrix_of(*evidence: ScenarioEvidence) -> TwinMatrix:
    return JUDGE.matrix([LISTED], evidence)


def test_a_twin_passes_if_all_its_scenarios_do() -> None:
    matrix = matrix_of(ruled("in-a-list"))
    assert matrix.passed
    assert [twin.verdict for twin in matrix.twins] == ["passed"]
    assert verdict_line(matrix) == "Passed: 1 of 1 twins passed, 0 false alarms, 1 scenarios."


def test_a_reported_deviation_is_a_false_alarm_with_its_clause_and_step() -> None:
    matrix = matrix_of(ruled("in-a-list", DEVIATES))
    assert not matrix.passed
    [alarm] = matrix.twins[0].failures
    assert alarm.outcome is Outcome.FALSE_ALARM
    assert (alarm.clause, alarm.step) == ("W1.2", "step of W1.2")
    assert (alarm.expected, alarm.showed) == ("the tile is there", "nothing")
    assert "Failed: 0 of 1 twins passed, 1 false alarms" in verdict_line(matrix)


def test_one_false_alarm_fails_a_twin_that_passes_another_scenario() -> None:
    walked = on("in-a-list", "the walk", section("W1.1"), section("W1.2"))
    matrix = matrix_of(walked, ruled("in-a-list", DEVIATES))
    assert [twin.verdict for twin in matrix.twins] == ["false alarm"]


def test_an_error_of_the_harness_fails_a_twin_but_is_no_false_alarm() -> None:
    matrix = matrix_of(ruled("in-a-list", BROKE))
    assert not matrix.passed
    assert [twin.verdict for twin in matrix.twins] == ["the harness broke"]


def test_what_a_twin_does_not_offer_does_not_fail_it() -> None:
    walked = on("in-a-list", "the walk", section("W1.1"), section("W1.2"))
    assert matrix_of(walked, skipped(f"{NOT_OFFERED}the tile")).passed


@pytest.mark.parametrize("why", [f"{NOT_OFFERED}the tile", SKIPPED])
def test_a_twin_that_was_only_skipped_does_not_pass(why: str) -> None:
    assert not matrix_of(skipped(why)).passed


def test_a_scenario_that_was_skipped_for_another_reason_fails_a_twin() -> None:
    assert [twin.verdict for twin in matrix_of(skipped("no reason")).twins] == ["the harness broke"]


def test_scenarios_after_enough_failures_are_not_tried() -> None:
    matrix = matrix_of(ruled("in-a-list", DEVIATES), skipped(SKIPPED))
    assert len(matrix.twins[0].tried) == 1


def test_a_twin_that_was_not_tried_does_not_pass() -> None:
    matrix = matrix_of(ruled("another"))
    assert not matrix.passed
    assert [twin.verdict for twin in matrix.twins] == ["not tried"]


def test_a_run_without_twins_does_not_pass() -> None:
    assert not JUDGE.matrix([], [ruled("in-a-list")]).passed


def test_the_published_schema_is_that_of_the_models() -> None:
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert published == TwinMatrix.model_json_schema(), (
        "reports/twins.schema.json is out of date: make schema"
    )
    document = json.loads(matrix_of(ruled("in-a-list", DEVIATES)).model_dump_json())
    Draft202012Validator(published).validate(document)


def test_the_page_shows_each_twin_with_its_false_alarms() -> None:
    page = render_matrix(matrix_of(ruled("in-a-list", DEVIATES)))
    shown = ("in-a-list", "Tiles stand in a list.", "the tile is there", "step of W1.2", "Failed")
    assert [text for text in shown if text not in page] == []
    assert "://" not in page


def test_the_terminal_shows_where_a_twin_failed_first() -> None:
    record = record_of(LISTED, [JUDGE.judge(ruled("in-a-list", DEVIATES))])
    assert result_line(record) == (
        "false alarm       in-a-list  0 of 1  1.0 s  W1.2 a rule › step of W1.2"
    )


def test_what_the_driver_could_not_try_is_no_alarm_and_no_pass() -> None:
    walked = over_http(on("in-a-list", "the walk", section("W1.1"), section("W1.2")))
    matrix = matrix_of(walked, untried("in-a-list"))
    assert matrix.passed
    assert [one.needs for one in matrix.twins[0].not_tried] == [
        NOT_TRIED.removeprefix("Skipped: not tried by this driver: ")
    ]
    assert "2 scenarios over HTTP, 1 of them not tried by this driver" in verdict_line(matrix)
    assert "  1 of 2  " in result_line(matrix.twins[0])
    assert "Not tried by this driver: 1" in render_matrix(matrix)


def test_a_twin_that_the_driver_could_not_try_does_not_pass() -> None:
    matrix = matrix_of(untried("in-a-list"))
    assert not matrix.passed
    assert [twin.verdict for twin in matrix.twins] == ["not tried"]
