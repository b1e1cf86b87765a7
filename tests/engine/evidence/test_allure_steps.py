"""A sample of features run with the plugin in a pytest of its own: what Allure then gets."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.support.made_once import made_once

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "tests" / "suites" / "sample_suite"
SECRETS = ("pw-typed-in-the-sample", "604182", "in-the-address")

Result = dict[str, Any]
Step = tuple[str, str, list[str], list[Any]]


def run_sample(folder: Path, *options: str, typed: str = "") -> str:
    """Run the whole sample as a project of its own below ``folder``; what pytest said."""
    said = said_of_sample(folder, *options, typed=typed)
    assert "4 failed, 3 passed, 1 skipped" in said, said
    return said


def said_of_sample(folder: Path, *options: str, typed: str = "") -> str:
    """What pytest says when it is started on the sample."""
    suite = folder / "suite"
    shutil.copytree(SAMPLE, suite, ignore=shutil.ignore_patterns("__pycache__"))
    (suite / "sample_conftest.py").rename(suite / "conftest.py")
    command = [sys.executable, "-m", "pytest", "bind_sample.py", "--rootdir=.", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": "-p no:cacheprovider"}
    done = subprocess.run(
        command,
        cwd=suite,
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=110,
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module", params=["one process", "two workers"])
def evidence(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, request: pytest.FixtureRequest
) -> Path:
    """The folder of a run: its output, its JUnit file and its Allure results."""
    run = partial(_run, request.param)
    return made_once(tmp_path_factory.getbasetemp(), worker_id, f"sample in {request.param}", run)


def _run(processes: str, folder: Path) -> None:
    options = ["--alluredir", str(folder / "results"), "--junitxml", str(folder / "junit.xml")]
    options += ["--traces=full"]
    workers = ["-n", "2"] if processes == "two workers" else []
    said = run_sample(folder, *options, "--clean-alluredir", *workers)
    (folder / "output.txt").write_text(said, encoding="utf-8")


@pytest.fixture
def results(evidence: Path) -> dict[str, Result]:
    files = (evidence / "results").glob("*-result.json")
    found = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return {result["name"]: result for result in found}


def tree(parent: Result) -> list[Step]:
    """The steps below ``parent``: name, status and attachments, then their own steps."""
    return [
        (
            step["name"],
            step["status"],
            [attachment["name"] for attachment in step.get("attachments", [])],
            tree(step),
        )
        for step in parent.get("steps", [])
    ]


GIVEN: Step = ("Given a page that greets", "passed", [], [])
PICTURE = ["What the buyer sees"]
FAILURE_EVIDENCE = ["The whole page", "The page's address", "The browser's console", "The trace"]


def test_a_walk_goes_clause_by_clause_with_a_picture_each(results: dict[str, Result]) -> None:
    greets = 'the page greets with "Hello"'
    typed: Step = ('When the buyer types the password into "Password"', "passed", [], [])
    pressed: Step = ('And the buyer presses "Send"', "passed", ["The form before the press"], [])
    greeted: list[Step] = [
        (f"Then {greets}", "passed", [], []),
        (f"And {greets}", "passed", [], []),
    ]
    assert tree(results["The whole way"]) == [
        GIVEN,
        ("W1.1 · the menu", "passed", PICTURE, [typed, pressed]),
        ("W1.2 · the category", "passed", PICTURE, greeted),
    ]


def test_a_rule_has_one_picture_at_its_end(results: dict[str, Result]) -> None:
    kept: list[Step] = [
        ('When the buyer types "10" into "Amount"', "passed", [], []),
        ('Then "Amount" holds "10"', "passed", [], []),
    ]
    assert tree(results["An amount is kept [10]"]) == [
        GIVEN,
        ("W1.4 · the form", "passed", PICTURE, kept),
    ]


def test_a_failure_has_its_evidence_inside_the_step(results: dict[str, Result]) -> None:
    [_, (heading, status, _, steps)] = tree(results["A wrong text"])
    assert (heading, status) == ("W1.4 · the form", "failed")
    assert steps[-1] == ('Then the page greets with "Bye"', "failed", FAILURE_EVIDENCE, [])


def test_a_skip_closes_open_steps(results: dict[str, Result]) -> None:
    [_, (_, status, _, steps)] = tree(results["It is skipped"])
    assert status == "skipped"
    assert steps == [("When it cannot be done here", "skipped", [], [])]


@pytest.mark.parametrize(
    ("name", "status", "first_line"),
    [
        (
            "A wrong text",
            "failed",
            'AssertionError: W1.4: the document expects: the page greets with "Bye"; '
            "the page showed: Hello",
        ),
        (
            "A secret on the page",
            "failed",
            "AssertionError: W1.4: the document expects: the message is empty; "
            "the page showed: •••",
        ),
        (
            "The harness breaks",
            "broken",
            "RuntimeError: W1.4: the harness could not do: the harness breaks; "
            "ValueError: a bug of ours",
        ),
    ],
)
def test_the_first_line_describes_the_failure(
    results: dict[str, Result], name: str, status: str, first_line: str
) -> None:
    assert results[name]["status"] == status
    assert results[name]["statusDetails"]["message"].splitlines()[0] == first_line


def labels(result: Result) -> set[tuple[str, str]]:
    return {(label["name"], label["value"]) for label in result["labels"]}


def test_scenarios_are_sorted_as_the_documents_are(results: dict[str, Result]) -> None:
    place = {
        ("epic", "W: Paying with a wallet"),
        ("feature", "W1: Paying on the wallet's own site"),
    }
    walk, rule = labels(results["The whole way"]), labels(results["A wrong text"])
    assert place | {("story", "The documented walk"), ("severity", "critical")} <= walk
    assert place | {("story", "What the site owes"), ("severity", "normal")} <= rule
    assert {("tag", "W1.1"), ("tag", "W1.2"), ("tag", "W1")} <= walk


def test_rows_of_examples_have_their_columns_in_the_title(results: dict[str, Result]) -> None:
    rows = [results["An amount is kept [10]"], results["An amount is kept [٢٠]"]]
    named = [{one["name"]: one["value"] for one in row["parameters"]} for row in rows]
    assert [row["amount"] for row in named] == ["10", "٢٠"]
    assert all("_pytest_bdd_example" not in row for row in named)
    assert len({row["historyId"] for row in rows}) == 2


def test_fixtures_make_no_noise(evidence: Path) -> None:
    assert not list((evidence / "results").glob("*-container.json"))


def test_the_environment_file_has_settings_and_versions(evidence: Path) -> None:
    lines = (evidence / "results" / "environment.properties").read_text(encoding="utf-8")
    names = [line.partition("=")[0] for line in lines.splitlines()]
    assert names[:4] == ["target", "locale", "device", "browser"]
    assert set(names[4:]) >= {"browser version", "python", "playwright", "commit"}
    assert "target=sample" in lines


def contents(evidence: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the run, and every file in its traces."""
    for file in [*(evidence / "results").iterdir(), evidence / "junit.xml"]:
        yield file.name, file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                yield from ((name, archive.read(name)) for name in archive.namelist())


@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_stands_in_any_byte(evidence: Path, secret: str) -> None:
    told = [name for name, content in contents(evidence) if secret.encode() in content]
    assert told == []
    assert any(name.endswith("trace.trace") for name, _ in contents(evidence))
    assert secret not in (evidence / "output.txt").read_text(encoding="utf-8")


def test_the_rules_of_one_clause_can_be_chosen(tmp_path: Path) -> None:
    said = said_of_sample(tmp_path, "-m", 'clause(id="W1.4")', "--collect-only", "-q")

    assert "::test_a_wrong_text" in said
    assert "::test_the_whole_way" not in said


def test_it_works_without_a_report(tmp_path: Path) -> None:
    said = run_sample(tmp_path)
    assert "W1.4: the document expects: the message is empty; the page showed: •••" in said


def test_a_line_for_each_clause_and_a_stop_before_it_when_asked(tmp_path: Path) -> None:
    said = run_sample(tmp_path, "--clauses", "--stop-at-clauses", typed="\n" * 9)
    lines = said.splitlines()
    assert "W1.2 · the category" in lines
    assert "The buyer chooses the category Entertainment." in said
    assert said.count("Press Enter to continue") == 9
    walked = [line.split()[:2] for line in lines if line.endswith("The whole way")]
    assert walked == [["W1.1", "passed"], ["W1.2", "passed"]]
    assert [line for line in lines if re.match(r"W1\.4 +failed in .* A wrong text$", line)]


def test_stops_at_clauses_are_rejected_with_several_workers(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="--stop-at-clauses needs a single process"):
        run_sample(tmp_path, "--stop-at-clauses", "-n", "2")
