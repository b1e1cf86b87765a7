"""The report tells of each hazard how the scenarios that would notice it fared."""

from __future__ import annotations

import pytest

from checkout_conformance.hazards import GuideWord, Hazard
from checkout_conformance.reporting import hazard_rows as rows
from checkout_conformance.reporting.conformance import Check, ClauseResult, Verdict

HAZARDS = {
    "X1.1": (
        Hazard("X1.1", "none", scenarios=("An amount of <amount> is paid", "Nobody tried it")),
        Hazard("X1.1", "two", reason="There is one."),
    )
}
WORDS = (GuideWord("none", {"en": "none"}, "Nothing."), GuideWord("two", {"en": "two"}, "Two."))


@pytest.fixture(autouse=True)
def tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "read_hazards", lambda: HAZARDS)
    monkeypatch.setattr(rows, "read_guide_words", lambda: WORDS)


def clause(name: str, *checks: tuple[str, Verdict]) -> ClauseResult:
    made = [
        Check(feature="x.feature", scenario=scenario, walk=False, run=0, verdict=verdict)
        for scenario, verdict in checks
    ]
    return ClauseResult(
        id=name,
        procedure="X1",
        title="",
        verdict=Verdict.PASSED,
        seconds=0,
        runs=[],
        checks=made,
    )


def test_the_worst_row_of_the_examples_counts() -> None:
    [first, second] = rows.hazard_rows(
        clause(
            "X1.1",
            ("An amount of 1.00 is paid", Verdict.PASSED),
            ("An amount of 2.00 is paid [Steam]", Verdict.FAILED),
            ("An amount of 3.00 is not paid", Verdict.NOT_RUN),
        )
    )
    assert [(one.title, one.verdict) for one in first.scenarios] == [
        ("An amount of <amount> is paid", Verdict.FAILED),
        ("Nobody tried it", None),
    ]
    assert (second.word.title["en"], second.scenarios, second.reason) == (
        "two",
        [],
        "There is one.",
    )


def test_a_clause_without_a_table_has_no_rows() -> None:
    assert rows.hazard_rows(clause("X1.2")) == []
