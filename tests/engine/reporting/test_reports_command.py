"""``checkout-conformance report``: from results to pages, a file for programs, an exit status."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from checkout_conformance.clauses import read_clauses
from checkout_conformance.plan import PlannedScenario, read_plan
from checkout_conformance.reporting.command import main
from checkout_conformance.reporting.conformance import Conformance
from checkout_conformance.reporting.selection import Choice, write_choice
from tests.support.sample_results import write_result, write_whole_run

SCHEMA = Path(__file__).parents[3] / "reports" / "conformance.schema.json"


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """The results of a run in which every scenario of the English features passed."""
    return write_whole_run(tmp_path / "results")


def run(*arguments: object) -> int:
    return main([*map(str, arguments), "--no-allure"])


def document_in(folder: Path) -> Conformance:
    return Conformance.model_validate_json((folder / "conformance.json").read_text("utf-8"))


def test_a_complete_run_conforms_and_the_exit_status_says_so(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(results, "--into", tmp_path) == 0
    document = document_in(tmp_path)
    assert document.conforms
    assert [clause.id for clause in document.clauses] == list(read_clauses())
    assert capsys.readouterr().out.startswith("Conforms: 31 of 31 clauses passed.")
    for page in ("conformance.html", "conformance.ar.html", "conformance.ru.html"):
        assert (tmp_path / page).exists()


def test_one_failure_is_enough(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failing = next(one for one in read_plan() if one.clauses == ("W1.4",) and not one.edition)
    write_result(results, 999, failing, "failed")
    assert run(results, "--into", tmp_path) == 1
    assert not document_in(tmp_path).other_checks
    said = capsys.readouterr().out
    assert said.startswith("Does not conform: 30 of 31 clauses passed; 1 failed.")
    assert "W1.4 the site deviates from the document: b" in said


def test_a_killed_run_has_a_report_of_its_finished_scenarios(results: Path, tmp_path: Path) -> None:
    for file in sorted(results.iterdir())[40:]:
        file.unlink()
    (results / "half.tmp").write_text("{")
    assert run(results, "--into", tmp_path) == 1
    verdicts = {clause.verdict.value for clause in document_in(tmp_path).clauses}
    assert "not run" in verdicts
    assert "failed" not in verdicts


def test_shards_merge_into_one_report(results: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for file in sorted(results.iterdir())[::2]:
        shutil.move(file, other / file.name)
    assert run(results, "--into", tmp_path) == 1
    assert run(results, other, "--into", tmp_path) == 0
    assert len(document_in(tmp_path).runs) == 1


class TestSelection:
    """A report of a part of the features stands beside the last full one."""

    @staticmethod
    def select(folder: Path, *planned: PlannedScenario, status: str = "passed") -> Path:
        """The results of a run of the scenarios that -m C2 chose."""
        keys = [one.key for one in planned]
        for number, one in enumerate(planned):
            write_result(folder, number, one, status)
        write_choice(folder, Choice(options=["-m C2"], scenarios=keys))
        return folder

    @pytest.fixture
    def of_w1_4(self) -> list[PlannedScenario]:
        return [one for one in read_plan() if one.clauses == ("W1.4",) and not one.edition]

    def test_it_leaves_the_last_full_report_alone(
        self,
        results: Path,
        tmp_path: Path,
        of_w1_4: list[PlannedScenario],
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        run(results, "--into", tmp_path)
        before = {file: file.read_bytes() for file in tmp_path.glob("conformance*")}
        capsys.readouterr()
        assert run(self.select(tmp_path / "c2", *of_w1_4), "--into", tmp_path) == 0
        said = capsys.readouterr().out
        assert said.startswith("Selection: 1 of 1 clause passed. No verdict on the whole.\n")
        assert "selection/conformance.html" in said
        assert {file: file.read_bytes() for file in tmp_path.glob("conformance*")} == before
        document = document_in(tmp_path / "selection")
        assert document.conforms is None
        assert document.selection is not None
        assert document.selection.chosen_by == ["-m C2"]
        assert document.selection.passed
        schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
        Draft202012Validator(schema).validate(document.model_dump(mode="json"))

    def test_a_chosen_clause_that_fails_is_the_exit_status(
        self, tmp_path: Path, of_w1_4: list[PlannedScenario]
    ) -> None:
        folder = self.select(tmp_path / "c2", *of_w1_4, status="failed")
        assert run(folder, "--into", tmp_path) == 1
        assert not document_in(tmp_path / "selection").is_good

    def test_two_of_them_are_a_selection_and_beside_a_whole_run_a_part_of_it(
        self, results: Path, tmp_path: Path, of_w1_4: list[PlannedScenario]
    ) -> None:
        first = self.select(tmp_path / "first", *of_w1_4)
        others = [one for one in read_plan() if one.clauses == ("W1.5",) and not one.edition]
        second = self.select(tmp_path / "second", *others)
        assert run(first, second, "--into", tmp_path) == 0
        document = document_in(tmp_path / "selection")
        assert [clause.id for clause in document.clauses] == ["W1.4", "W1.5"]
        assert run(first, results, "--into", tmp_path) == 0
        assert document_in(tmp_path).conforms

    def test_one_without_any_scenario_is_no_error(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        write_choice(tmp_path / "c2", Choice(options=["-k money"], scenarios=[]))
        assert run(tmp_path / "c2", "--into", tmp_path) == 0
        assert capsys.readouterr().out.startswith("Selection: none of the features' scenarios.")

    def test_one_that_ended_before_its_scenarios_were_known_cannot_be_told(
        self, tmp_path: Path, results: Path
    ) -> None:
        run(results, "--into", tmp_path)
        write_choice(tmp_path / "c2", Choice(options=["-m C2"]))
        assert run(tmp_path / "c2", "--into", tmp_path) == 2
        assert document_in(tmp_path).conforms
        assert "No report" in (tmp_path / "selection" / "conformance.html").read_text("utf-8")


def test_without_results_it_says_what_to_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "--into", tmp_path) == 2
    assert "Run `make accept` first" in capsys.readouterr().err


def test_other_tests_are_no_scenarios(tmp_path: Path) -> None:
    result = {"name": "test_x", "status": "passed", "labels": [], "start": 1, "stop": 2}
    (tmp_path / "1-result.json").write_text(json.dumps(result))
    assert run(tmp_path, "--into", tmp_path) == 2


@pytest.mark.parametrize(("asked", "status"), [("31", 0), ("30", 0)])
def test_enough_clauses_pass_the_threshold(
    results: Path, tmp_path: Path, asked: str, status: int
) -> None:
    assert run(results, "--into", tmp_path, "--at-least", asked) == status
    assert document_in(tmp_path).at_least == int(asked)


@pytest.mark.parametrize("asked", ["0", "32", "-1", "٣", "many"])
def test_a_threshold_is_a_number_of_clauses(
    tmp_path: Path, asked: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "--at-least", asked) == 3
    assert "from 1 to 31" in capsys.readouterr().err


def test_a_run_below_the_threshold_does_not_conform_to_it(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking = "Skipped: not offered by the target: clock"
    for file in results.iterdir():
        result = json.loads(file.read_text(encoding="utf-8"))
        if any(step["name"].startswith("W1.6") for step in result["steps"]):
            result["status"], result["statusDetails"] = "skipped", {"message": lacking}
            result["steps"][-1]["status"] = "skipped"
            file.write_text(json.dumps(result), encoding="utf-8")
    assert run(results, "--into", tmp_path, "--at-least", 30) == 0
    assert run(results, "--into", tmp_path, "--at-least", 31) == 1
    assert "Does not conform to the threshold: 30 of 31 clauses passed;" in capsys.readouterr().out


def test_the_summary_for_ci_is_added_to_what_is_there(results: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# Before\n")
    run(results, "--into", tmp_path, "--summary", summary)
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("# Before\n## Conforms: 31 of 31 clauses passed.")
    assert "| W2.3 the notice | passed |" in text


def test_the_published_schema_is_that_of_the_models() -> None:
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert published == Conformance.model_json_schema(), (
        "reports/conformance.schema.json is out of date: make schema"
    )


def test_the_file_matches_the_schema(results: Path, tmp_path: Path) -> None:
    run(results, "--into", tmp_path)
    document = json.loads((tmp_path / "conformance.json").read_text(encoding="utf-8"))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(document)
    assert document["schema_version"] == 5
    assert {"conforms", "target", "locale", "clauses"} <= document.keys()
    assert (document["passed"], document["offered"], document["total"]) == (31, 31, 31)
    assert document["clauses"][0] | {"id": "W1.1", "verdict": "passed"} == document["clauses"][0]
