"""What a run amounts to: nothing but passed counts as passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from checkout_conformance.evidence.setting import Setting
from checkout_conformance.plan import PlannedScenario
from checkout_conformance.reporting.conformance import Check, Conformance, FailureKind, Verdict
from checkout_conformance.reporting.evidence import ScenarioEvidence
from checkout_conformance.reporting.judge import ConformanceJudge
from checkout_conformance.reporting.verdict_words import verdict_line
from tests.support.sample_evidence import (
    DEVIATES,
    IN_ARABIC,
    IN_ENGLISH,
    NOT_OFFERED,
    ON_A_PHONE,
    planned,
    ran,
    section,
    some_clauses,
)

WALK = planned("the walk", "W1.1", "W1.2", "W1.3")
RULE = planned("a rule", "W1.2")
PLAN = [WALK, RULE]
WALKED = ran("the walk", section(""), section("W1.1"), section("W1.2"), section("W1.3"))
RULED = ran("a rule", section("W1.2"))


def judge_results(
    evidence: Sequence[ScenarioEvidence], plan: Sequence[PlannedScenario] = PLAN
) -> Conformance:
    return ConformanceJudge(evidence, plan).conformance(some_clauses("W1.1", "W1.2", "W1.3"))


def verdicts(document: Conformance) -> list[str]:
    return [clause.verdict.value for clause in document.clauses]


def checks_of(document: Conformance, clause: str) -> list[Check]:
    return next(one.checks for one in document.clauses if one.id == clause)


def test_a_run_in_which_everything_passed_conforms() -> None:
    document = judge_results([WALKED, RULED])
    assert verdicts(document) == ["passed"] * 3
    assert document.conforms
    assert (document.target, document.locale) == ("mock", "en")


def test_a_scenario_that_was_not_run_leaves_its_clauses_unproved() -> None:
    document = judge_results([WALKED])
    assert verdicts(document) == ["passed", "not run", "passed"]
    assert not document.conforms


def test_no_evidence_does_not_conform() -> None:
    assert verdicts(judge_results([])) == ["not run"] * 3


def test_a_walk_that_fails_has_passed_what_came_before_and_not_run_what_came_after() -> None:
    broken_off = ran(
        "the walk", section("W1.1"), section("W1.2", "failed"), status="failed", message=DEVIATES
    )
    document = judge_results([broken_off, RULED])
    assert verdicts(document) == ["passed", "failed", "not run"]
    [failed, passed] = checks_of(document, "W1.2")
    assert passed.verdict is Verdict.PASSED
    assert failed.failure is not None
    assert failed.failure.kind is FailureKind.DEVIATES
    assert failed.failure.expected == "the tile is there"
    assert failed.failure.showed == "nothing"


@pytest.mark.parametrize(
    ("message", "kind", "showed"),
    [
        (
            "RuntimeError: W1.2: a site could not be reached: the buyer opens it; "
            "nothing answers at http://wallet.example/. Start the site, or correct its address.",
            FailureKind.UNREACHABLE,
            "nothing answers at http://wallet.example/. Start the site, or correct its address.",
        ),
        (
            "RuntimeError: W1.2: the harness could not do: a step; ValueError: oops",
            FailureKind.BROKE,
            "ValueError: oops",
        ),
        ("StepDefinitionNotFoundError: no step", FailureKind.BROKE, "no step"),
    ],
)
def test_a_failure_has_a_category(message: str, kind: FailureKind, showed: str) -> None:
    failed = ran("a rule", section("W1.2", "broken"), status="broken", message=message)
    failure = checks_of(judge_results([WALKED, failed]), "W1.2")[0].failure
    assert failure is not None
    assert (failure.kind, failure.showed) == (kind, showed)


def test_a_failure_before_the_first_clause_counts_for_that_clause() -> None:
    never_began = ran("the walk", section("", "failed"), status="failed", message=DEVIATES)
    document = judge_results([never_began, RULED])
    assert verdicts(document) == ["failed", "not run", "not run"]
    assert [step.text for step in checks_of(document, "W1.1")[0].steps] == ["step of "]


def test_clauses_that_the_target_lacks_are_not_offered_and_conform() -> None:
    skipped = ran("a rule", section("W1.2", "skipped"), status="skipped", message=NOT_OFFERED)
    document = judge_results([WALKED, skipped])
    assert verdicts(document) == ["passed", "not offered", "passed"]
    assert document.conforms
    assert checks_of(document, "W1.2")[0].lacking == "clock"


def test_any_other_skip_is_not_run() -> None:
    skipped = ran("a rule", section("W1.2", "skipped"), status="skipped", message="Skipped: later")
    assert verdicts(judge_results([WALKED, skipped])) == ["passed", "not run", "passed"]


def test_the_worst_of_several_runs_counts() -> None:
    failed = ran(
        "a rule", section("W1.2", "failed"), status="failed", message=DEVIATES, setting=IN_ARABIC
    )
    walked = ran("the walk", *WALKED.sections, setting=IN_ARABIC)
    document = judge_results([WALKED, RULED, walked, failed])
    assert verdicts(document) == ["passed", "failed", "passed"]
    assert [run.locale for run in document.runs] == ["ar", "en"]
    assert [one.verdict.value for one in document.clauses[1].runs] == ["failed", "passed"]
    assert document.locale == "ar, en"


def test_a_scenario_that_ran_twice_must_have_passed_twice() -> None:
    failed = ran("a rule", section("W1.2", "failed"), status="failed", message=DEVIATES)
    assert verdicts(judge_results([WALKED, RULED, failed]))[1] == "failed"


def test_the_shards_of_a_run_conform_only_together() -> None:
    assert not judge_results([WALKED]).conforms
    assert not judge_results([RULED]).conforms
    assert judge_results([RULED, WALKED]).conforms


class TestPhones:
    PLAN = (*PLAN, planned("on the phone", "W1.3", phone=True))

    def test_a_desktop_run_is_not_asked_for_what_is_for_phones_but_it_is_missed(self) -> None:
        document = judge_results([WALKED, RULED], self.PLAN)
        clause = document.clauses[2]
        assert [one.verdict.value for one in clause.runs] == ["passed"]
        assert clause.verdict is Verdict.NOT_RUN

    def test_the_phone_has_a_column_of_its_own(self) -> None:
        phoned = ran("on the phone", section("W1.3"), setting=ON_A_PHONE)
        document = judge_results([WALKED, RULED, phoned], self.PLAN)
        assert document.conforms
        assert [run.device for run in document.runs] == ["desktop", "Pixel 7"]
        assert [len(clause.runs) for clause in document.clauses] == [1, 1, 2]


def test_the_arabic_features_prove_as_much_as_the_english_ones() -> None:
    arabic = planned("المسار", "W1.1", "W1.2", "W1.3", file="ar/wallet/w.feature")
    english = planned("the walk", "W1.1", "W1.2", "W1.3", file="wallet/w.feature")
    walked = ran("المسار", *WALKED.sections, file="ar/wallet/w.feature")
    assert judge_results([walked], [arabic, english]).conforms
    assert IN_ENGLISH in {walked.setting}


class TestWhatNobodyPlanned:
    """Scenarios of an adopter's own: they count, and none is lost."""

    COMPLETE = (WALKED, RULED)
    FAILED = ran("a rule", section("W1.2", "failed"), status="failed", message=DEVIATES)
    OWN = replace(FAILED, feature="../theirs/w.feature")

    def test_a_failure_of_no_clause_means_that_it_does_not_conform(self) -> None:
        own = replace(self.OWN, sections=(section("", "failed"),))
        document = judge_results([*self.COMPLETE, own])
        assert verdicts(document) == ["passed"] * 3
        assert not document.conforms
        [check] = document.failed_others
        assert (check.feature, check.scenario) == ("../theirs/w.feature", "a rule")
        assert check.failure is not None
        assert check.failure.showed == "nothing"

    def test_a_passed_scenario_without_a_clause_is_listed_and_changes_no_verdict(self) -> None:
        own = ran("own", section(""), file="../theirs/w.feature")
        document = judge_results([*self.COMPLETE, own])
        assert document.conforms
        assert [check.verdict for check in document.other_checks] == [Verdict.PASSED]

    def test_one_of_a_documented_clause_counts_for_it_beside_ours_of_the_same_name(self) -> None:
        own = replace(self.OWN, clauses=("W1.2",))
        document = judge_results([*self.COMPLETE, own])
        assert verdicts(document) == ["passed", "failed", "passed"]
        assert [check.feature for check in checks_of(document, "W1.2")] == [
            "../theirs/w.feature",
            "w.feature",
            "w.feature",
        ]
        assert document.other_checks == []

    def test_a_failure_at_a_clause_that_no_document_has_is_not_lost(self) -> None:
        sections = (section("W1.2"), section("X1.1", "failed"))
        own = replace(self.OWN, clauses=("W1.2",), sections=sections)
        document = judge_results([*self.COMPLETE, own])
        assert verdicts(document) == ["passed"] * 3
        assert not document.conforms
        assert [check.verdict for check in document.other_checks] == [Verdict.FAILED]

    def test_features_of_the_same_name_in_two_folders_are_two(self) -> None:
        others = [
            replace(self.OWN, feature=f"../{folder}/w.feature", status=status)
            for folder, status in [("one", "failed"), ("two", "passed")]
        ]
        found = judge_results([*self.COMPLETE, *others]).other_checks
        assert [(one.feature, one.verdict.value) for one in found] == [
            ("../one/w.feature", "failed"),
            ("../two/w.feature", "passed"),
        ]

    def test_one_that_broke_before_it_began_is_not_lost(self) -> None:
        unknown = Setting(*["unknown"] * 4)
        broken = replace(self.OWN, setting=unknown, sections=(), status="broken", message="oops")
        document = judge_results([*self.COMPLETE, broken])
        assert not document.conforms
        assert [run.target for run in document.runs] == ["mock"]
        [check] = document.other_checks
        assert check.run is None
        assert check.verdict is Verdict.COULD_NOT_BE_TRIED
        assert check.failure is not None
        assert check.failure.kind is FailureKind.BROKE

    def test_alone_they_prove_no_clause(self) -> None:
        assert not judge_results([replace(WALKED, feature="../theirs/w.feature")]).conforms


class TestHowMuchIsOffered:
    NOTHING = (
        ran("the walk", section("W1.1", "skipped"), status="skipped", message=NOT_OFFERED),
        ran("a rule", section("W1.2", "skipped"), status="skipped", message=NOT_OFFERED),
    )

    def test_a_target_that_offers_nothing_does_not_conform(self) -> None:
        document = judge_results(self.NOTHING)
        assert verdicts(document) == ["not offered"] * 3
        assert not document.conforms
        assert verdict_line(document) == ("Does not conform: 0 of 3 clauses passed; 3 not offered.")

    @pytest.mark.parametrize(
        ("at_least", "line"),
        [
            (2, "Conforms: 2 of 3 clauses passed; 1 not offered; at least 2 must pass."),
            (
                3,
                "Does not conform to the threshold: 2 of 3 clauses passed; "
                "1 not offered; at least 3 must pass.",
            ),
        ],
    )
    def test_a_threshold_counts_the_clauses_that_passed(self, at_least: int, line: str) -> None:
        clauses = some_clauses("W1.1", "W1.2", "W1.3")
        document = ConformanceJudge([WALKED, self.NOTHING[1]], PLAN).conformance(clauses, at_least)
        assert document.conforms is (at_least == 2)
        assert verdict_line(document) == line


def test_a_failure_in_a_feature_of_another_project_with_the_same_name_is_told() -> None:
    """Their scenario has the file and the name of one of ours, and fails in a clause of theirs."""
    theirs = ran("a rule", section("X9.1", "failed"), status="failed", message=DEVIATES)
    document = judge_results([WALKED, RULED, theirs])
    assert [check.scenario for check in document.other_checks] == ["a rule"]
    assert document.failed_others
    assert document.conforms is False


def test_a_failure_that_a_clause_tells_of_is_told_once() -> None:
    failed = ran("a rule", section("W1.2", "failed"), status="failed", message=DEVIATES)
    document = judge_results([WALKED, failed])
    assert document.other_checks == []
    assert verdicts(document) == ["passed", "failed", "passed"]


UNTRIED = "RuntimeError: W1.2: could not be tried: the buyer is signed in; Too many sign-ins"
MISTAKE = "RuntimeError: W1.2: the harness could not do: the buyer pays; UnknownLabel: no label"


@pytest.mark.parametrize(
    ("message", "kind"), [(UNTRIED, FailureKind.PRECONDITION), (MISTAKE, FailureKind.BROKE)]
)
def test_what_could_not_be_tried_is_no_deviation(message: str, kind: FailureKind) -> None:
    broken = ran("a rule", section("W1.2", "broken"), status="broken", message=message)
    document = judge_results([WALKED, broken])
    assert verdicts(document) == ["passed", "could not be tried", "passed"]
    [check] = [one for one in checks_of(document, "W1.2") if not one.walk]
    assert check.failure is not None
    assert check.failure.kind is kind
    assert document.conforms is None
    assert document.is_open
    assert not document.has_failed
    assert verdict_line(document) == ("No verdict: 2 of 3 clauses passed; 1 could not be tried.")


def test_a_deviation_beside_it_decides() -> None:
    untried = ran("a rule", section("W1.2", "broken"), status="broken", message=UNTRIED)
    deviates = ran("the walk", section("W1.1", "failed"), status="failed", message=DEVIATES)
    document = judge_results([deviates, untried])
    assert document.conforms is False
    assert not document.is_open
