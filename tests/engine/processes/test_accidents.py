"""What can happen to a run: processes die, a step ends it, features are not as they read."""

from __future__ import annotations

import json
import os
import re
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


# What dies, what the step then looks for, and what the report calls the dead process.
DEATHS = [
    ("the browser", "there is a heading", "the browser"),
    ("the browser", "there is another heading", "the browser"),
    ("the driver", "there is a heading", "the browser"),
    ("the driver", "there is another heading", "the browser"),
    ("a site", "there is a heading", "the mock sites"),
]


def test_only_the_running_scenario_reports_a_broken_harness(
    run: Run, results: Callable[[], dict[str, Any]]
) -> None:
    # One run: each scenario but the first begins after a death, and reports its own alone.
    done = run("happens or next_one")
    assert f"{len(DEATHS)} failed, 1 passed" in done.stdout, done.stdout + done.stderr
    assert "error" not in done.stdout.splitlines()[-1], done.stdout
    found = results()
    for victim, what, name in DEATHS:
        broken = found[f"It happens to {victim} [{what}]"]
        assert broken["status"] == "broken"
        assert broken["statusDetails"]["message"].splitlines()[0] == (
            f"RuntimeError: W1.1: the harness could not do: {what}; {name} ended during this step"
        )
    assert found["The next one"]["status"] == "passed"


def test_a_process_that_ends_between_two_scenarios_affects_neither(run: Run) -> None:
    done = run("nobody or next_one", "-rA")
    assert "5 passed" in done.stdout, done.stdout + done.stderr
    restarted = re.findall("^(.+) had ended and was restarted$", done.stdout, re.MULTILINE)
    # After the browser, its driver, a site and the sites' supervisor.
    assert restarted == ["the browser", "the browser", "the mock sites", "the mock sites"]


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


# What is changed in the feature, and the error that this is.
MISTAKES = {
    "no rows": (
        "        | the browser |\n        | the driver  |\n        | a site      |\n"
        "        | the supervisor |\n",
        "",
        "no_rows.feature:24: these Examples of 'Nobody notices that <victim> dies' have no "
        "rows: add one, or remove the table",
    ),
    "a device on Examples": (
        "      Examples:\n",
        "      @mobile\n      Examples:\n",
        "a_device_on_Examples.feature:12: @mobile cannot stand",
    ),
    "a clause on Examples": (
        "      Examples:\n",
        "      @W1.4\n      Examples:\n",
        "a_clause_on_Examples.feature:12: @W1.4 cannot stand",
    ),
    "a name twice": (
        "A known failure",
        "The run ends",
        "a_name_twice.feature:38: several scenarios are called 'The run ends'",
    ),
    "no steps": (
        "      When the run is to end\n",
        "",
        "no_steps.feature:38: 'The run ends' has no steps",
    ),
}


def test_a_feature_that_is_not_as_it_reads_is_an_error_at_collection(run: Run, suite: Path) -> None:
    modules = []
    for name, (old, new, _) in MISTAKES.items():
        feature = suite / f"{name.replace(' ', '_')}.feature"
        shutil.copy(suite / "accidents.feature", feature)
        change_feature(feature, old, new)
        module = feature.with_suffix(".py")
        module.write_text(f"from pytest_bdd import scenarios\nscenarios({feature.name!r})\n")
        modules.append(module.name)
    done = run("next_one", *modules, "-o", "markers=mobile: on a phone")
    for _, _, error in MISTAKES.values():
        assert error in done.stdout, done.stdout + done.stderr
    assert f"{len(MISTAKES)} errors" in done.stdout
    assert "Traceback" not in done.stdout
    assert "passed" not in done.stdout


def test_a_worker_reports_the_error_of_a_feature_too(run: Run, suite: Path) -> None:
    change_feature(suite / "accidents.feature", "A known failure", "The run ends")
    done = run("next_one", "-n", "1")
    error = ":38: several scenarios are called 'The run ends'"
    assert error in done.stdout, done.stdout + done.stderr
    assert "Traceback" not in done.stdout
    assert "1 error" in done.stdout
    assert "passed" not in done.stdout


def change_feature(feature: Path, old: str, new: str) -> None:
    text = feature.read_text(encoding="utf-8")
    assert old in text
    feature.write_text(text.replace(old, new, 1), encoding="utf-8")


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
