from __future__ import annotations

from xml.etree import ElementTree

from checkout_conformance.exports.junit import junit_of
from checkout_conformance.reporting.conformance import Conformance


def test_a_suite_for_each_procedure_and_a_class_for_each_clause(
    document: Conformance, scenario: str
) -> None:
    suites = ElementTree.fromstring(junit_of(document)).findall("testsuite")
    cases = [
        [(case.get("classname"), case.get("name")) for case in suite.findall("testcase")]
        for suite in suites
    ]
    assert [suite.get("name") for suite in suites] == ["W1", "C1", "other"]
    assert cases == [
        [("W1.1", "A pass"), ("W1.1", "None"), ("W1.2", scenario)],
        [("C1.1", "A lack")],
        [("other", "Before all")],
    ]


def test_the_counts_tell_failures_from_errors_and_skips(document: Conformance) -> None:
    top = ElementTree.fromstring(junit_of(document))
    counts = {name: top.get(name) for name in ("tests", "failures", "errors", "skipped", "time")}
    assert counts == {
        "tests": "5",
        "failures": "1",
        "errors": "1",
        "skipped": "2",
        "time": "6.250",
    }
    assert len(top.findall(".//failure")) == 1
    assert len(top.findall(".//error")) == 1
    assert len(top.findall(".//skipped")) == 2


def test_a_failure_says_what_was_expected_and_seen(document: Conformance) -> None:
    [failure] = ElementTree.fromstring(junit_of(document)).findall(".//failure")
    message = failure.get("message") or ""
    assert message.startswith("the site deviates from the document. Expected: the tile. Actual: 50")
    # What XML cannot hold.
    assert "\x00" not in message
    assert failure.text == "passed: Given a buyer"
