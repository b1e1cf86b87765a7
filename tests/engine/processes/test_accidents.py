"""What can happen to a run: processes die, a step ends it, features are not as they read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checkout_conformance.reporting.command import judge_results
from checkout_conformance.reporting.conformance import Verdict
from checkout_conformance.reporting.evidence import read_evidence

ROOT = Path(__file__).parents[3]
SUITE = ROOT / "tests" / "suites" / "accident_suite"
# A stack is started, and in some cases twice: a shared machine may be slow.
pytestmark = pytest.mark.timeout(180)

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """The suite as a project of its own."""
    suite = tmp_path / "suite"
    shutil.copytree(SUITE, suite, ignore=shutil.ignore_patterns("__pycache__"))
    (suite / "accident_conftest.py").rename(suite / "conftest.py")
    return suite


@pytest.fixture
def run(suite: Path, tmp_path: Path) -> Run:
    """Runs the scenarios that are chosen, in the order of the file."""

    def run(chosen: str, *options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pytest", "bind_accidents.py", "--rootdir=.", "-k", chosen]
        command += [f"--alluredir={tmp_path / 'results'}", "-W", "error", "-p", "no:randomly"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        environment["PYTEST_ADDOPTS"] = "-p no:cacheprovider -o strict_markers=true"
        return subprocess.run(
            [*command, *options],
            cwd=suite,
            env=environment,
            capture_output=True,
            text=True,
            timeout=170,
        )

    return run


@pytest.fixture
def results(tmp_path: Path) -> Callable[[], dict[str, Any]]:
    """What Allure was told, by the name of the scenario."""

    def read() -> dict[str, Any]:
        files = (tmp_path / "results").glob("*-result.json")
        found = [json.loads(file.read_text(encoding="utf-8")) for file in files]
        return {one["name"]: one for one in found}

    return read


@pytest.mark.parametrize(
    ("victim", "what", "name"),
    [
        ("the browser", "there is a heading", "the browser"),
        ("the browser", "there is another heading", "the browser"),
        ("the driver", "there is a heading", "the browser"),
        ("the driver", "there is another heading", "the browser"),
        ("a site", "there is a heading", "the mock sites"),
    ],
)
def test_only_the_running_scenario_reports_a_broken_harness(
    run: Run, results: Callable[[], dict[str, Any]], victim: str, what: str, name: str
) -> None:
    words = (
        f"happens and {victim.split()[1]} and another"
        if "another" in what
        else (f"happens and {victim.split()[1]} and not another")
    )
    done = run(f"({words}) or next_one")
    assert "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert "error" not in done.stdout.splitlines()[-1], done.stdout
    broken = next(one for title, one in results().items() if title.startswith("It happens"))
    assert broken["status"] == "broken"
    assert broken["statusDetails"]["message"].splitlines()[0] == (
        f"RuntimeError: W1.1: the harness could not do: {what}; {name} ended during this step"
    )
    assert results()["The next one"]["status"] == "passed"


@pytest.mark.parametrize("victim", ["browser", "driver", "site", "supervisor"])
def test_a_process_that_ends_between_two_scenarios_affects_neither(run: Run, victim: str) -> None:
    done = run(f"(nobody and {victim}) or next_one", "-rA")
    assert "2 passed" in done.stdout, done.stdout + done.stderr
    assert "had ended and was restarted" in done.stdout


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["one process", "two workers"])
def test_a_step_can_end_the_run(run: Run, workers: tuple[str, ...]) -> None:
    done = run("run_ends or known_failure", *workers)
    assert "somebody asked for it" in done.stdout + done.stderr
    assert "the harness could not do" not in done.stdout
    assert done.returncode not in (0, 1), done.stdout
    if not workers:
        assert done.returncode == 7
        assert "xfailed" not in done.stdout


def test_a_failure_that_is_expected_is_none(run: Run) -> None:
    done = run("known_failure")
    assert "1 xfailed" in done.stdout, done.stdout
    assert done.returncode == 0


def test_tables_and_texts_of_steps_reach_the_reports_without_secrets(
    run: Run, results: Callable[[], dict[str, Any]], tmp_path: Path
) -> None:
    run("arguments")
    [clause] = [one for one in results()["Arguments"]["steps"] if one["name"].startswith("W1.3")]
    attached = {one["name"]: one.get("attachments", []) for one in clause["steps"]}
    [table], [text] = attached["When the buyer reads:"], attached["And the buyer says:"]
    assert table["name"] == "The data table"
    assert (tmp_path / "results" / table["source"]).read_text(encoding="utf-8") == (
        "| name     | value |\n| password | •••   |"
    )
    assert (tmp_path / "results" / text["source"]).read_text() == "Two lines,\nthe second one"
    [check] = [
        check
        for one in judge_results([tmp_path / "results"]).clauses
        if one.id == "W1.3"
        for check in one.checks
        if check.failure
    ]
    assert [step.argument.splitlines()[:1] for step in check.steps] == [
        [],
        ["| name     | value |"],
        ["Two lines,"],
        [],
    ]


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (
            "        | the browser |\n        | the driver  |\n        | a site      |\n"
            "        | the supervisor |\n",
            "",
            "accidents.feature:24: these Examples of 'Nobody notices that <victim> dies' have no "
            "rows: add one, or remove the table",
        ),
        ("      Examples:\n", "      @mobile\n      Examples:\n", ":12: @mobile cannot stand"),
        ("      Examples:\n", "      @W1.4\n      Examples:\n", ":12: @W1.4 cannot stand"),
        ("A known failure", "The run ends", ":38: several scenarios are called 'The run ends'"),
        ("      When the run is to end\n", "", ":38: 'The run ends' has no steps"),
    ],
    ids=["no rows", "a device on Examples", "a clause on Examples", "a name twice", "no steps"],
)
def test_a_feature_that_is_not_as_it_reads_is_an_error_at_collection(
    run: Run, suite: Path, old: str, new: str, error: str
) -> None:
    change_feature(suite, old, new)
    is_error_at_collection(run("next_one", "-o", "markers=mobile: on a phone"), error)


def test_a_worker_reports_the_error_of_a_feature_too(run: Run, suite: Path) -> None:
    change_feature(suite, "A known failure", "The run ends")
    done = run("next_one", "-n", "1")
    is_error_at_collection(done, ":38: several scenarios are called 'The run ends'")


def change_feature(suite: Path, old: str, new: str) -> None:
    feature = suite / "accidents.feature"
    text = feature.read_text(encoding="utf-8")
    assert old in text
    feature.write_text(text.replace(old, new, 1), encoding="utf-8")


def is_error_at_collection(done: subprocess.CompletedProcess[str], error: str) -> None:
    assert error in done.stdout, done.stdout + done.stderr
    assert "Traceback" not in done.stdout
    assert "1 error" in done.stdout
    assert "passed" not in done.stdout


def test_an_own_feature_of_the_same_name_is_kept_apart(run: Run, tmp_path: Path) -> None:
    run("known_failure")
    [one] = read_evidence([tmp_path / "results"])
    assert one.feature.startswith("../")
    assert one.feature.endswith("suite/accidents.feature")
    assert one.clauses == ("W1.2",)


def test_a_scenario_that_breaks_during_set_up_is_reported(
    run: Run, suite: Path, tmp_path: Path
) -> None:
    with (suite / "conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write(
            "\n@pytest.fixture(autouse=True)\ndef broken():\n    raise ValueError('oops')\n"
        )
    run("known_failure")
    document = judge_results([tmp_path / "results"])
    [check] = document.other_checks
    assert check.scenario == "A known failure"
    assert check.verdict is Verdict.COULD_NOT_BE_TRIED
    assert document.conforms is None
