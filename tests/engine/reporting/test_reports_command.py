"""``checkout-conformance report``: from results to pages, a file for programs, an exit status."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from checkout_conformance.clauses import read_clauses
from checkout_conformance.evidence.setting import DESKTOP, Setting
from checkout_conformance.plan import PlannedScenario, read_plan
from checkout_conformance.reporting.command import main
from checkout_conformance.reporting.conformance import Conformance

SCHEMA = Path(__file__).parents[3] / "reports" / "conformance.schema.json"
SETTING = Setting("mock", "en", DESKTOP, "chromium")


def write_result(
    folder: Path, number: int, planned: PlannedScenario, status: str = "passed"
) -> None:
    """What allure-pytest would leave of a scenario, its last clause having ``status``."""
    labels = {"feature_file": planned.feature, "scenario": planned.name, **SETTING.facts}
    statuses = ["passed"] * (len(planned.clauses) - 1) + [status]
    steps = [
        {"name": f"{clause} · x", "status": one, "start": 1000, "stop": 1500, "steps": []}
        for clause, one in zip(planned.clauses, statuses, strict=True)
    ]
    result = {
        "uuid": str(number),
        "name": planned.name,
        "status": status,
        "statusDetails": {"message": "AssertionError: the document expects: a; the page showed: b"},
        "labels": [{"name": name, "value": value} for name, value in labels.items()],
        "parameters": [{"name": name, "value": value} for name, value in planned.example],
        "start": 1000,
        "stop": 2000,
        "steps": steps,
    }
    folder.mkdir(exist_ok=True)
    (folder / f"{number}-result.json").write_text(json.dumps(result), encoding="utf-8")


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """The results of a run in which every scenario of the English features passed."""
    folder = tmp_path / "results"
    for number, planned in enumerate(one for one in read_plan() if not one.edition):
        write_result(folder, number, planned)
    return folder


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
    assert capsys.readouterr().out.startswith("Conforms: passed 31, offered 31 of 31 clauses.")
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
    assert said.startswith("Does not conform: passed 30, offered 31 of 31 clauses; 1 failed.")
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


def test_the_error_without_results_names_the_command_to_run(
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
    with pytest.raises(SystemExit, match="2"):
        run(tmp_path, "--at-least", asked)
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
    assert "Does not conform to the threshold: passed 30," in capsys.readouterr().out


def test_the_summary_for_ci_is_added_to_what_is_there(results: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# Before\n")
    run(results, "--into", tmp_path, "--summary", summary)
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("# Before\n## Conforms: passed 31, offered 31 of 31 clauses.")
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
    assert document["schema_version"] == 2
    assert {"conforms", "target", "locale", "clauses"} <= document.keys()
    assert (document["passed"], document["offered"], document["total"]) == (31, 31, 31)
    assert document["clauses"][0] | {"id": "W1.1", "verdict": "passed"} == document["clauses"][0]
