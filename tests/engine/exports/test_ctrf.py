from __future__ import annotations

import json

from checkout_conformance.exports.ctrf import ctrf_of
from checkout_conformance.reporting.conformance import Conformance


def test_every_case_has_its_suite_and_status(document: Conformance) -> None:
    report = json.loads(ctrf_of(document))
    assert (report["reportFormat"], report["specVersion"]) == ("CTRF", "1.0.0")
    tests = report["results"]["tests"]
    assert [(one["suite"], one["status"]) for one in tests] == [
        (["W1", "W1.1"], "passed"),
        (["W1", "W1.1"], "pending"),
        (["W1", "W1.2"], "failed"),
        (["C1", "C1.1"], "skipped"),
        (["other", "other"], "failed"),
    ]
    assert {one["duration"] for one in tests} == {1250}
    assert tests[2]["steps"] == [{"name": "Given a buyer", "status": "passed"}]


def test_the_summary_adds_up(document: Conformance) -> None:
    summary = json.loads(ctrf_of(document))["results"]["summary"]
    kinds = ("passed", "failed", "skipped", "pending", "other")
    assert [summary[kind] for kind in kinds] == [1, 2, 1, 1, 0]
    assert summary["tests"] == 5
    assert summary["start"] == summary["stop"] == 1795780800000


def test_what_passed_has_no_message(document: Conformance) -> None:
    tests = json.loads(ctrf_of(document))["results"]["tests"]
    assert "message" not in tests[0]
    assert tests[3]["message"] == "not offered: clock"
