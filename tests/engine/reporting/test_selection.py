"""A run of a part of the features is recorded as one, and gets a verdict of its own."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checkout_conformance.clauses import LANGUAGES
from checkout_conformance.plan import Key
from checkout_conformance.reporting.allure_html import ReportError
from checkout_conformance.reporting.conformance import Conformance
from checkout_conformance.reporting.conformance_page import render_conformance
from checkout_conformance.reporting.evidence import ScenarioEvidence
from checkout_conformance.reporting.judge import ConformanceJudge
from checkout_conformance.reporting.languages import words_in
from checkout_conformance.reporting.selection import (
    RECORD,
    Choice,
    Selection,
    chosen_by,
    read_choice,
    selection_in,
    write_choice,
)
from checkout_conformance.reporting.summary import summary_of
from checkout_conformance.reporting.verdict_words import verdict_line
from tests.support.sample_evidence import (
    DEVIATES,
    IN_ARABIC,
    NOT_OFFERED,
    planned,
    ran,
    section,
    some_clauses,
)

WALK = planned("the walk", "W1.1", "W1.2", "W1.3")
RULE = planned("a rule", "W1.2")
OTHER = planned("another rule", "W1.3")
PLAN = [WALK, RULE, OTHER]
HERE = Path("results")
MODULE = "features/test_features.py"
WALKED = replace(
    ran("the walk", section("W1.1"), section("W1.2"), section("W1.3")),
    folder=HERE,
)
RULED = replace(ran("a rule", section("W1.2")), folder=HERE)
FAILED = replace(RULED, sections=(section("W1.2", "failed"),), status="failed", message=DEVIATES)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with features in two languages and tests of its own."""
    for name in ("features/test_features.py", "features/ar/test_features.py", "tests/test_own.py"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    return tmp_path


def chosen(project: Path, paths: str = "features", **options: Any) -> list[str]:
    """What chose, where the command has these paths and options, and stands in the project."""
    features = project / "features"
    return chosen_by(Namespace(**options), paths.split(), project, project, features)


class TestWhatChooses:
    @pytest.mark.parametrize(
        ("options", "words"),
        [
            ({"markexpr": "C2"}, ["-m C2"]),
            ({"keyword": "wrong code"}, ["-k 'wrong code'"]),
            ({"lf": True}, ["--lf"]),
            ({"stepwise": True}, ["--stepwise"]),
            ({"allure_epics": {"W"}}, ["--allure-epics"]),
            ({"deselect": ["features/test_f"]}, ["--deselect features/test_f"]),
            (
                {"deselect": ["features/test_features.py::a"]},
                ["--deselect features/test_features.py::a"],
            ),
            ({"ignore": ["features/test_features.py"]}, ["--ignore features/test_features.py"]),
            ({"ignore_glob": ["**/test_feat*"]}, ["--ignore-glob **/test_feat*"]),
            ({"markexpr": "C2", "keyword": "walk"}, ["-m C2", "-k walk"]),
        ],
    )
    def test_an_option_that_leaves_scenarios_out(
        self, project: Path, options: dict[str, Any], words: list[str]
    ) -> None:
        assert chosen(project, **options) == words

    @pytest.mark.parametrize(
        "options",
        [
            {"markexpr": "", "keyword": "", "lf": False, "deselect": None, "ignore": None},
            {"failedfirst": True, "maxfail": 1, "numprocesses": 2},
            {"splits": 3, "group": 2},
            {"deselect": ["tests/test_own.py::a"], "ignore": ["tests/input"]},
            {"ignore_glob": ["tests/*"], "allure_epics": {}, "allure_labels": []},
        ],
    )
    def test_an_option_that_leaves_none_out(self, project: Path, options: dict[str, Any]) -> None:
        assert chosen(project, **options) == []

    @pytest.mark.parametrize(
        "paths",
        [
            "features",
            "features tests",
            ".",
            "features/test_features.py",
            "features/ar",
            "./features/",
        ],
    )
    def test_paths_that_take_in_all_features_of_a_language(self, project: Path, paths: str) -> None:
        assert chosen(project, paths) == []

    @pytest.mark.parametrize(
        ("paths", "words"),
        [
            ("features/test_features.py::a", ["features/test_features.py::a"]),
            ("features/test_features.py::a tests", ["features/test_features.py::a"]),
            ("tests/test_own.py", ["tests/test_own.py"]),
        ],
    )
    def test_paths_that_do_not(self, project: Path, paths: str, words: list[str]) -> None:
        assert chosen(project, paths) == words

    def test_where_the_command_stands_counts(self, project: Path) -> None:
        features = project / "features"
        assert chosen_by(Namespace(), ["."], project, features, features) == []
        assert chosen_by(Namespace(), ["."], project, project / "tests", features) == ["."]


class TestSeveralRuns:
    WHOLE = Choice(options=[], scenarios=[WALK.key, RULE.key])
    PART = Choice(options=["-m C2"], scenarios=[RULE.key])

    def merged(self, folder: Path, *choices: Choice | None) -> Selection | None:
        folders = [folder / str(number) for number in range(len(choices))]
        for each, choice in zip(folders, choices, strict=True):
            if choice:
                write_choice(each, choice)
        return selection_in(folders)

    def test_what_was_recorded_is_read_again(self, tmp_path: Path) -> None:
        row: Key = ("w.feature", "an outline", (("amount", "٢٠"),))
        choice = Choice(options=["-k 'wrong code'"], scenarios=[row])
        write_choice(tmp_path, choice)
        assert read_choice(tmp_path) == choice

    def test_parts_of_a_shared_suite_are_a_whole(self, tmp_path: Path) -> None:
        assert self.merged(tmp_path, self.WHOLE, self.WHOLE) is None

    def test_results_without_a_record_are_a_whole(self, tmp_path: Path) -> None:
        assert self.merged(tmp_path, None) is None
        assert self.merged(tmp_path, self.PART, None) is None

    def test_a_selection_beside_a_whole_is_a_part_of_it(self, tmp_path: Path) -> None:
        assert self.merged(tmp_path, self.PART, self.WHOLE) is None

    def test_several_selections_are_a_selection(self, tmp_path: Path) -> None:
        other = Choice(options=["-m W1", "-k walk"], scenarios=[WALK.key])
        selection = self.merged(tmp_path, self.PART, other, self.PART)
        assert selection is not None
        assert selection.options == ("-m C2", "-m W1 -k walk")
        assert set().union(*selection.scenarios.values()) == {RULE.key, WALK.key}

    @pytest.mark.parametrize(("scenarios", "is_empty"), [([], True), (None, False)])
    def test_none_chosen_is_not_the_same_as_not_known_yet(
        self, tmp_path: Path, scenarios: list[Key] | None, is_empty: bool
    ) -> None:
        selection = self.merged(tmp_path, Choice(options=["-m C2"], scenarios=scenarios))
        assert selection is not None
        assert selection.is_empty is is_empty

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"scenarios": []}'])
    def test_a_record_that_cannot_be_read_is_named(self, tmp_path: Path, text: str) -> None:
        (tmp_path / RECORD).write_text(text)
        with pytest.raises(ReportError, match=f"{RECORD}.*Run it again"):
            selection_in([tmp_path])


def judged(
    evidence: Sequence[ScenarioEvidence],
    keys: Iterable[Key],
    at_least: int | None = None,
    folder: Path = HERE,
) -> Conformance:
    """The verdict about a selection of these scenarios."""
    selection = Selection(("-m C2",), {folder: frozenset(keys)})
    clauses = some_clauses("W1.1", "W1.2", "W1.3")
    return ConformanceJudge(evidence, PLAN, selection).conformance(clauses, at_least)


class TestVerdict:
    def test_only_what_was_chosen_is_told_of(self) -> None:
        document = judged([RULED], [RULE.key])
        assert [(one.id, one.verdict.value) for one in document.clauses] == [("W1.2", "passed")]
        assert [check.scenario for check in document.clauses[0].checks] == ["a rule"]
        assert (document.conforms, document.is_good) == (None, True)
        assert verdict_line(document) == (
            "Selection: 1 of 1 clause passed. No verdict on the whole."
        )

    def test_a_chosen_clause_that_failed(self) -> None:
        document = judged([WALKED, FAILED], [WALK.key, RULE.key])
        assert not document.is_good
        assert verdict_line(document) == (
            "Selection: 2 of 3 clauses passed, 1 failed. No verdict on the whole."
        )

    def test_a_chosen_scenario_that_was_not_run_is_missed(self) -> None:
        document = judged([RULED], [RULE.key, WALK.key])
        assert not document.is_good
        assert "0 of 3 clauses passed, 3 not run." in verdict_line(document)

    def test_what_the_target_does_not_offer_is_no_failure(self) -> None:
        lacking = replace(
            RULED, sections=(section("W1.2", "skipped"),), status="skipped", message=NOT_OFFERED
        )
        document = judged([lacking], [RULE.key])
        assert document.is_good
        assert "0 of 1 clause passed, 1 not offered." in verdict_line(document)

    def test_a_threshold_counts_here_too(self) -> None:
        assert judged([WALKED], [WALK.key], at_least=3).is_good
        document = judged([RULED], [RULE.key], at_least=2)
        assert not document.is_good
        assert "at least 2 must pass" in verdict_line(document)

    def test_a_failure_of_no_clause_is_not_lost(self) -> None:
        own = replace(FAILED, feature="../theirs/w.feature", sections=(section("", "failed"),))
        document = judged([RULED, own], [RULE.key])
        assert not document.is_good
        assert "outside the clauses that failed: 1" in verdict_line(document)

    def test_a_failure_that_an_earlier_run_left_in_the_folder_is_not_lost(self) -> None:
        document = judged([WALKED, FAILED], [WALK.key])
        assert not document.is_good
        assert "1 failed" in verdict_line(document)

    def test_each_run_answers_for_what_was_chosen_there(self) -> None:
        there = Path("there")
        walked = replace(WALKED, folder=there, setting=IN_ARABIC)
        scenarios = {HERE: frozenset([RULE.key]), there: frozenset([WALK.key])}
        selection = Selection(("-m C2", "-m W1"), scenarios)
        document = ConformanceJudge([RULED, walked], PLAN, selection).conformance(
            some_clauses("W1.1", "W1.2", "W1.3")
        )
        assert document.is_good
        assert [len(clause.checks) for clause in document.clauses] == [1, 2, 1]

    @pytest.mark.parametrize(
        ("language", "line", "note"),
        [
            ("en", "Selection: 3 of 3 clauses passed. No verdict", "about a selection"),
            ("ru", "Выборочный запуск: пройдено 3 из 3 пунктов. Общего", "о выборочном запуске"),
            ("ar", "تشغيل جزئي: البنود المجتازة: 3 من 3. لا يوجد", "عن تشغيل جزئي"),
        ],
    )
    def test_the_page_says_on_top_that_it_is_of_a_selection(
        self, language: str, line: str, note: str
    ) -> None:
        document = judged([WALKED], [WALK.key])
        page = render_conformance(document, [], language)
        top = page[page.index("<header>") : page.index("<h1>")]
        assert line in top
        assert note in top
        assert "-m C2" in top
        assert 'id="W2"' not in page

    @pytest.mark.parametrize("language", LANGUAGES[1:])
    def test_its_words_are_translated(self, language: str) -> None:
        document = judged([WALKED, FAILED], [WALK.key, RULE.key])
        line = verdict_line(document, words_in(language))
        assert not set("abcdefghijklmnopqrstuvwxyz") & set(line.lower())

    def test_a_summary_says_so_too(self) -> None:
        assert summary_of(judged([RULED], [RULE.key])).startswith("## Selection: 1 of 1 clause")
