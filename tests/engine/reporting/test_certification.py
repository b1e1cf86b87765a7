"""Only a browser certifies: runs over HTTP have a verdict of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from checkout_conformance.clauses import LANGUAGES
from checkout_conformance.evidence.setting import Setting
from checkout_conformance.reporting.certification import certify
from checkout_conformance.reporting.conformance import Check, Conformance, Verdict
from checkout_conformance.reporting.evidence import ScenarioEvidence
from checkout_conformance.reporting.judge import ConformanceJudge
from checkout_conformance.reporting.languages import words_in
from checkout_conformance.reporting.selection import Selection
from checkout_conformance.reporting.summary import summary_of
from checkout_conformance.reporting.verdict_words import line_without_browser, verdict_line
from tests.support.sample_evidence import (
    DEVIATES,
    IN_ARABIC,
    NOT_OFFERED,
    NOT_TRIED,
    OVER_HTTP,
    planned,
    ran,
    section,
    some_clauses,
)

PLAN = [planned("the walk", "W1.1", "W1.2", "W1.3"), planned("a rule", "W1.2")]
WALKED = ran("the walk", section("W1.1"), section("W1.2"), section("W1.3"))
RULED = ran("a rule", section("W1.2"))
FAILED = replace(RULED, sections=(section("W1.2", "failed"),), status="failed", message=DEVIATES)
NOT_TRIED_RULE = replace(
    RULED, sections=(section("W1.2", "skipped"),), status="skipped", message=NOT_TRIED
)
OWN = replace(FAILED, feature="../theirs/w.feature", sections=(section("", "failed"),))


def http(*evidence: ScenarioEvidence) -> list[ScenarioEvidence]:
    """The same scenarios, as run over HTTP."""
    return [replace(one, setting=replace(one.setting, browser="http")) for one in evidence]


def judged(
    evidence: Sequence[ScenarioEvidence],
    selection: Selection | None = None,
    at_least: int | None = None,
) -> Conformance:
    clauses = some_clauses("W1.1", "W1.2", "W1.3")
    return certify(evidence, PLAN, clauses, at_least, selection)


def verdicts(document: Conformance) -> list[str]:
    return [clause.verdict.value for clause in document.clauses]


def checks_of(document: Conformance, clause: str) -> list[Check]:
    return next(one.checks for one in document.clauses if one.id == clause)


class TestWithoutBrowser:
    def test_a_run_that_passed_everything_is_not_certified(self) -> None:
        document = judged(http(WALKED, RULED))
        assert (document.conforms, document.certifies, document.is_good) == (None, False, False)
        assert not document.has_failed
        assert verdict_line(document) == (
            "Not certified (run without a browser): 3 of 3 clauses passed."
        )

    def test_not_even_the_judge_alone_says_that_it_conforms(self) -> None:
        document = ConformanceJudge(http(WALKED, RULED), PLAN).conformance(some_clauses("W1.1"))
        assert document.conforms is None

    def test_its_clauses_are_marked(self) -> None:
        document = judged(http(WALKED, RULED))
        assert [one.only_without_browser for one in document.clauses] == [True] * 3
        assert not any(one.only_without_browser for one in judged([WALKED, RULED]).clauses)

    def test_a_failure_is_to_be_confirmed(self) -> None:
        document = judged(http(WALKED, FAILED))
        assert document.has_failed
        assert "2 of 3 clauses passed; 1 failed (to be confirmed in a browser)." in verdict_line(
            document
        )
        failure = checks_of(document, "W1.2")[0].failure
        assert failure is not None
        assert failure.unconfirmed
        in_browser = checks_of(judged([WALKED, FAILED]), "W1.2")[0].failure
        assert in_browser is not None
        assert not in_browser.unconfirmed

    def test_a_failure_of_no_clause_counts(self) -> None:
        document = judged(http(WALKED, RULED, OWN))
        assert document.has_failed
        assert "scenarios outside the clauses that failed: 1" in verdict_line(document)

    def test_one_that_broke_before_it_began_counts(self) -> None:
        unknown = Setting(*["unknown"] * 4)
        broken = replace(OWN, setting=unknown, sections=(), status="broken", message="oops")
        document = judged([*http(WALKED, RULED), broken])
        assert not document.certifies
        assert document.is_open

    def test_a_threshold_is_not_reached_by_it(self) -> None:
        document = judged(http(WALKED, RULED), at_least=3)
        assert not document.is_good
        assert verdict_line(document).startswith("Not certified")

    def test_a_selection_says_so_too(self) -> None:
        selection = Selection(("-m C2",), {WALKED.folder: frozenset([PLAN[1].key])})
        document = judged(http(RULED), selection)
        assert not document.is_good
        assert verdict_line(document) == (
            "Selection, run without a browser: 1 of 1 clause passed. No verdict on the whole."
        )

    def test_a_summary_has_the_failures_and_what_was_not_tried(self) -> None:
        text = summary_of(judged(http(WALKED, FAILED, NOT_TRIED_RULE)))
        assert text.startswith("## Not certified (run without a browser): 2 of 3")
        assert "(the site deviates from the document, to be confirmed in a browser): expe" in text
        needs = "script, focus (the buyer presses Pay)"
        assert f"- not tried by this driver: {needs}: **w.feature** a rule" in text
        assert "passed (tried without a browser only) |" in text


class TestWhatTheDriverCannotTry:
    def test_its_clause_is_not_tried_and_the_scenario_is_listed_with_its_needs(self) -> None:
        document = judged(http(WALKED, NOT_TRIED_RULE))
        assert verdicts(document) == ["passed", "not tried by this driver", "passed"]
        assert "2 of 3 clauses passed; 1 not tried by this driver." in verdict_line(document)
        [one] = document.not_tried
        assert (one.feature, one.scenario, one.run) == ("w.feature", "a rule", 0)
        assert one.needs == ["script", "focus"]
        assert one.step == "the buyer presses Pay"

    def test_what_came_before_in_the_scenario_passed(self) -> None:
        stopped = replace(
            WALKED,
            sections=(section("W1.1"), section("W1.2", "skipped")),
            status="skipped",
            message=NOT_TRIED,
        )
        document = judged(http(stopped, RULED))
        not_tried = "not tried by this driver"
        assert verdicts(document) == ["passed", not_tried, not_tried]

    def test_nothing_of_it_passed_if_no_section_says_what_was_not_tried(self) -> None:
        went_on = replace(WALKED, status="skipped", message=NOT_TRIED)
        document = judged(http(went_on, RULED))
        assert verdicts(document) == ["not tried by this driver"] * 3

    def test_it_is_not_confused_with_what_the_target_does_not_offer(self) -> None:
        lacking = replace(NOT_TRIED_RULE, message=NOT_OFFERED)
        document = judged(http(WALKED, lacking))
        assert verdicts(document)[1] == "not offered"
        assert document.not_tried == []

    def test_a_scenario_without_a_clause_has_not_passed_either(self) -> None:
        own = replace(NOT_TRIED_RULE, feature="../theirs/w.feature")
        [check] = judged(http(WALKED, RULED, own)).other_checks
        assert check.verdict is Verdict.NOT_TRIED


class TestBesideABrowser:
    def test_the_browser_alone_certifies(self) -> None:
        document = judged([WALKED, RULED, *http(WALKED, FAILED, OWN)])
        assert verdicts(document) == ["passed"] * 3
        assert (document.conforms, document.certifies) == (True, True)
        assert verdict_line(document) == "Conforms: 3 of 3 clauses passed."
        assert line_without_browser(document) == (
            "Without a browser: 2 of 3 clauses passed; 1 failed (to be confirmed in a browser); "
            "scenarios outside the clauses that failed: 1."
        )

    def test_http_cannot_make_up_for_what_no_browser_ran(self) -> None:
        document = judged([WALKED, *http(WALKED, RULED)])
        assert verdicts(document) == ["passed", "not run", "passed"]
        assert document.conforms is False

    @pytest.mark.parametrize("setting", [OVER_HTTP, replace(IN_ARABIC, browser="http")])
    def test_every_verdict_is_that_of_the_browser_alone(self, setting: Setting) -> None:
        browser = [WALKED, FAILED]
        added = [replace(one, setting=setting) for one in (WALKED, RULED, OWN)]
        alone, both = judged(browser), judged([*browser, *added])
        assert verdicts(both) == verdicts(alone)
        assert both.tally == alone.tally
        assert (both.conforms, both.offered) == (alone.conforms, alone.offered)

    def test_its_runs_come_after_those_of_the_browser(self) -> None:
        document = judged([*http(WALKED, FAILED, NOT_TRIED_RULE), WALKED, RULED])
        assert [run.browser for run in document.runs] == ["chromium", "http"]
        of_rule = document.clauses[1]
        assert [(one.run, one.verdict.value) for one in of_rule.runs] == [
            (0, "passed"),
            (1, "failed"),
        ]
        assert {
            check.run: check.verdict for check in of_rule.checks if check.scenario != "the walk"
        }
        [failed] = [check for check in of_rule.checks if check.failure]
        assert document.runs[failed.run or 0].browser == "http"
        [not_tried] = document.not_tried
        assert not_tried.run == 1

    def test_what_neither_was_meant_to_run_is_told_once(self) -> None:
        phone = planned("on the phone", "W1.1", phone=True)
        evidence = [WALKED, RULED, *http(WALKED, RULED)]
        document = certify(evidence, [*PLAN, phone], some_clauses("W1.1"))
        not_run = [one for one in document.clauses[0].checks if one.verdict is Verdict.NOT_RUN]
        assert [one.scenario for one in not_run] == ["on the phone"]

    def test_a_clause_that_only_http_tried_is_marked(self) -> None:
        only_walk = [replace(WALKED, sections=WALKED.sections[:1])]
        document = judged([*only_walk, *http(WALKED, RULED)])
        assert verdicts(document) == ["passed", "not run", "not run"]
        assert [one.only_without_browser for one in document.clauses] == [False, True, True]

    def test_the_summary_has_both_lines(self) -> None:
        text = summary_of(judged([WALKED, RULED, *http(WALKED, RULED)]))
        assert text.startswith(
            "## Conforms: 3 of 3 clauses passed.\n\nWithout a browser: 3 of 3 clauses passed.\n"
        )

    def test_a_browser_alone_has_nothing_beside_it(self) -> None:
        document = judged([WALKED, RULED])
        assert document.without_browser is None
        assert line_without_browser(document) == ""


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_words_are_translated(language: str) -> None:
    words = words_in(language)
    alone = judged(http(WALKED, FAILED))
    both = judged([WALKED, RULED, *http(WALKED, NOT_TRIED_RULE)])
    for line in (verdict_line(alone, words), line_without_browser(both, words)):
        assert line
        assert not set("abcdefghijklmnopqrstuvwxyz") & set(line.lower()), line
