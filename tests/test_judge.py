"""What a run amounts to: nothing but passed counts as passed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reports.conformance import Check, Conformance, FailureKind, Verdict
from reports.evidence import ScenarioEvidence
from reports.judge import Judge
from reports.plan import PlannedScenario
from tests.sample_evidence import (
    DEVIATES,
    IN_ARABIC,
    IN_ENGLISH,
    NOT_OFFERED,
    ON_A_PHONE,
    passage,
    planned,
    ran,
    some_clauses,
)

WALK = planned("the walk", "W1.1", "W1.2", "W1.3")
RULE = planned("a rule", "W1.2")
PLAN = [WALK, RULE]
WALKED = ran("the walk", passage(""), passage("W1.1"), passage("W1.2"), passage("W1.3"))
RULED = ran("a rule", passage("W1.2"))


def judged(
    evidence: Sequence[ScenarioEvidence], plan: Sequence[PlannedScenario] = PLAN
) -> Conformance:
    return Judge(evidence, plan).conformance(some_clauses("W1.1", "W1.2", "W1.3"))


def verdicts(document: Conformance) -> list[str]:
    return [clause.verdict.value for clause in document.clauses]


def checks_of(document: Conformance, clause: str) -> list[Check]:
    return next(one.checks for one in document.clauses if one.id == clause)


def test_a_run_in_which_everything_passed_conforms() -> None:
    document = judged([WALKED, RULED])
    assert verdicts(document) == ["passed"] * 3
    assert document.conforms
    assert (document.target, document.locale) == ("mock", "en")


def test_a_scenario_that_was_not_run_leaves_its_clauses_unproved() -> None:
    document = judged([WALKED])
    assert verdicts(document) == ["passed", "not run", "passed"]
    assert not document.conforms


def test_without_any_run_nothing_is_proved() -> None:
    assert verdicts(judged([])) == ["not run"] * 3


def test_a_walk_that_fails_has_passed_what_came_before_and_not_run_what_came_after() -> None:
    broken_off = ran(
        "the walk", passage("W1.1"), passage("W1.2", "failed"), status="failed", message=DEVIATES
    )
    document = judged([broken_off, RULED])
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
def test_it_is_told_whose_trouble_a_failure_is(
    message: str, kind: FailureKind, showed: str
) -> None:
    failed = ran("a rule", passage("W1.2", "broken"), status="broken", message=message)
    failure = checks_of(judged([WALKED, failed]), "W1.2")[0].failure
    assert failure is not None
    assert (failure.kind, failure.showed) == (kind, showed)


def test_what_goes_wrong_before_the_first_clause_is_held_against_it() -> None:
    never_began = ran("the walk", passage("", "failed"), status="failed", message=DEVIATES)
    document = judged([never_began, RULED])
    assert verdicts(document) == ["failed", "not run", "not run"]
    assert [step.text for step in checks_of(document, "W1.1")[0].steps] == ["step of "]


def test_what_the_target_lacks_is_not_offered_and_conforms() -> None:
    skipped = ran("a rule", passage("W1.2", "skipped"), status="skipped", message=NOT_OFFERED)
    document = judged([WALKED, skipped])
    assert verdicts(document) == ["passed", "not offered", "passed"]
    assert document.conforms
    assert checks_of(document, "W1.2")[0].lacking == "clock"


def test_any_other_skip_is_not_run() -> None:
    skipped = ran("a rule", passage("W1.2", "skipped"), status="skipped", message="Skipped: later")
    assert verdicts(judged([WALKED, skipped])) == ["passed", "not run", "passed"]


def test_the_worst_of_several_runs_counts() -> None:
    failed = ran(
        "a rule", passage("W1.2", "failed"), status="failed", message=DEVIATES, setting=IN_ARABIC
    )
    walked = ran("the walk", *WALKED.passages, setting=IN_ARABIC)
    document = judged([WALKED, RULED, walked, failed])
    assert verdicts(document) == ["passed", "failed", "passed"]
    assert [run.locale for run in document.runs] == ["ar", "en"]
    assert [one.verdict.value for one in document.clauses[1].runs] == ["failed", "passed"]
    assert document.locale == "ar, en"


def test_a_scenario_that_ran_twice_must_have_passed_twice() -> None:
    failed = ran("a rule", passage("W1.2", "failed"), status="failed", message=DEVIATES)
    assert verdicts(judged([WALKED, RULED, failed]))[1] == "failed"


def test_shards_of_one_run_prove_together_what_neither_proves_alone() -> None:
    assert not judged([WALKED]).conforms
    assert not judged([RULED]).conforms
    assert judged([RULED, WALKED]).conforms


class TestPhones:
    PLAN = (*PLAN, planned("on the phone", "W1.3", phone=True))

    def test_a_desktop_run_is_not_asked_for_what_is_for_phones_but_it_is_missed(self) -> None:
        document = judged([WALKED, RULED], self.PLAN)
        clause = document.clauses[2]
        assert [one.verdict.value for one in clause.runs] == ["passed"]
        assert clause.verdict is Verdict.NOT_RUN

    def test_the_phone_has_a_column_of_its_own(self) -> None:
        phoned = ran("on the phone", passage("W1.3"), setting=ON_A_PHONE)
        document = judged([WALKED, RULED, phoned], self.PLAN)
        assert document.conforms
        assert [run.device for run in document.runs] == ["desktop", "Pixel 7"]
        assert [len(clause.runs) for clause in document.clauses] == [1, 1, 2]


def test_the_arabic_features_prove_as_much_as_the_english_ones() -> None:
    arabic = planned("المسار", "W1.1", "W1.2", "W1.3", file="ar/wallet/w.feature")
    english = planned("the walk", "W1.1", "W1.2", "W1.3", file="wallet/w.feature")
    walked = ran("المسار", *WALKED.passages, file="ar/wallet/w.feature")
    assert judged([walked], [arabic, english]).conforms
    assert IN_ENGLISH in {walked.setting}
