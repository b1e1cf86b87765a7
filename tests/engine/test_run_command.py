"""``checkout-conformance run``: tests, then reports, each kind of run in a folder of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkout_conformance.reporting.conformance import Conformance
from checkout_conformance.reporting.selection import read_choice

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "checkout_conformance", "run"]
EARLIER = "the page of an earlier run"
# A suite of a team's own, without a browser: it is quick.
FEATURE = """
Feature: Own
  @W1.4
  Scenario: A good one
    When nothing happens

  @W1.5
  Scenario: A bad one
    When it fails

  @W1.6
  Scenario: An endless one
    When it waits
"""
CONFTEST = """
import time
from pathlib import Path
from pytest_bdd import when

pytest_plugins = ["checkout_conformance.plugin"]

@when("nothing happens")
def nothing():
    pass

@when("it fails")
def fail():
    raise AssertionError("it failed")

@when("it waits")
def wait():
    Path(__file__).with_name("waits").touch()
    time.sleep(100)
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    folder = tmp_path / "suite"
    folder.mkdir()
    (folder / "own.feature").write_text(FEATURE)
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "test_own.py").write_text("from pytest_bdd import scenarios\nscenarios('.')\n")
    return folder


@pytest.fixture
def into(tmp_path: Path) -> Path:
    """A folder with the page of an earlier full run, and of an earlier selection."""
    folder = tmp_path / "reports"
    (folder / "selection").mkdir(parents=True)
    for page in (folder / "conformance.html", folder / "selection" / "conformance.html"):
        page.write_text(EARLIER)
    return folder


def environment() -> dict[str, str]:
    return {name: text for name, text in os.environ.items() if "PYTEST" not in name}


def run(into: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command, with reports for ``into``."""
    options = ["--into", str(into), "--no-allure", "--workers", "0", "-p", "no:randomly"]
    command = [*COMMAND, *options, *map(str, words)]
    return subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )


def document_in(folder: Path) -> Conformance:
    return Conformance.model_validate_json((folder / "conformance.json").read_text("utf-8"))


def test_a_selection_stands_beside_the_last_full_report(suite: Path, into: Path) -> None:
    done = run(into, suite, "-k", "good", "--workers", "2", "--summary", into / "summary.md")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Selection: 1 of 1 clause passed. No verdict on the whole." in done.stdout
    assert (into / "conformance.html").read_text() == EARLIER
    assert [clause.id for clause in document_in(into / "selection").clauses] == ["W1.4"]
    choice = read_choice(into / "selection" / "allure-results")
    assert choice is not None
    assert choice.options == ["-k good", str(suite)]
    assert [name for _, name, _ in choice.scenarios or []] == ["A good one"]
    assert (into / "selection" / "junit.xml").exists()
    assert (into / "summary.md").read_text("utf-8").startswith("## Selection: 1 of 1 clause")


def test_the_status_of_the_tests_comes_first_and_the_report_is_made(
    suite: Path, into: Path
) -> None:
    done = run(into, suite, "-k", "good or bad", "--at-least", "1")
    assert done.returncode == 1
    assert "Selection: 1 of 2 clauses passed, 1 failed, at least 1 must pass." in done.stdout
    assert not document_in(into / "selection").is_good


def test_the_report_has_its_own_status_where_the_tests_passed(suite: Path, into: Path) -> None:
    assert run(into, suite, "-k", "good", "--at-least", "2").returncode == 1


@pytest.mark.parametrize(
    ("clause", "until", "status", "said"),
    [
        ("W1.5", "2999-12-31", 0, "known deviation of W1.5 happened: it fails (ABC-1, until 2999"),
        ("W1.5", "2001-01-01", 1, "known deviation of W1.5 past its date"),
        ("W1.4", "2999-12-31", 1, "known deviation of W1.4 did not happen"),
    ],
)
def test_a_known_deviation_changes_the_status_and_not_the_verdict(
    suite: Path, into: Path, tmp_path: Path, clause: str, until: str, status: int, said: str
) -> None:
    target = known_deviation(tmp_path, clause, until)
    done = run(into, suite, "-k", "good or bad", "--target", target)
    assert done.returncode == status, done.stdout + done.stderr
    assert "Selection: 1 of 2 clauses passed, 1 failed." in done.stdout
    assert said in done.stdout


@pytest.mark.parametrize(("words", "workers"), [("good or bad", "2"), ("good or no_scenario", "0")])
def test_a_known_deviation_excuses_no_test_that_is_no_scenario(
    suite: Path, into: Path, tmp_path: Path, words: str, workers: str
) -> None:
    target = known_deviation(tmp_path, "W1.5", "2999-12-31")
    (suite / "test_other.py").write_text(
        "def test_a_bad_one_that_is_no_scenario():\n    assert 0\n"
    )
    done = run(into, suite, "-k", words, "--target", target, "--workers", workers)
    assert done.returncode == 1, done.stdout + done.stderr


def known_deviation(folder: Path, clause: str, until: str) -> Path:
    target = folder / "known.toml"
    target.write_text(
        'name = "mock"\n[mocks]\nsites = ["wallet"]\n[[deviations]]\n'
        f'clause = "{clause}"\nreason = "it fails"\nticket = "ABC-1"\nuntil = {until}\n'
    )
    return target


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--nope"], 3, "unrecognized arguments: --nope"),
        (["--alluredir", "elsewhere"], 3, "give the folder by --into"),
        (["--dry-run", "-m", "W1"], 0, "nothing was sent"),
        (["--collect-only", "-q", "-m", "W1"], 0, "features/test_features.py::"),
        (["-m", "W1", "--target", "nope"], 3, "there is no target 'nope'"),
    ],
)
def test_where_nothing_is_run_earlier_reports_stay(
    into: Path, words: list[str], status: int, said: str
) -> None:
    done = run(into, *words)
    assert done.returncode == status
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert (into / "conformance.html").read_text() == EARLIER


def test_a_whole_run_that_cannot_begin_leaves_no_earlier_report_of_its_kind(into: Path) -> None:
    done = run(into, "--target", "nope")
    assert done.returncode == 3
    assert "No report" in (into / "conformance.html").read_text("utf-8")
    assert (into / "selection" / "conformance.html").read_text() == EARLIER


def heed_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def waiting(suite: Path, into: Path) -> Iterator[subprocess.Popen[str]]:
    """A run that waits in its second scenario."""
    words = ["--into", str(into), "--no-allure", "--workers", "0", "-p", "no:randomly"]
    words += [str(suite), "-k", "good or endless"]
    process = subprocess.Popen(
        [*COMMAND, *words],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        # A shell has its background jobs ignore Ctrl-C, and the tests may be one.
        preexec_fn=heed_ctrl_c,
    )
    try:
        while not (suite / "waits").exists():
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(timeout=0.1)
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.mark.parametrize("by_terminal", [True, False], ids=["Ctrl-C", "SIGTERM"])
def test_a_run_that_is_stopped_is_reported_as_far_as_it_came(
    waiting: subprocess.Popen[str], into: Path, by_terminal: bool
) -> None:
    if by_terminal:
        os.killpg(waiting.pid, signal.SIGINT)
    else:
        waiting.terminate()
    said, _ = waiting.communicate(timeout=60)
    assert waiting.returncode == (2 if by_terminal else 128 + signal.SIGTERM), said
    assert "Selection: 1 of " in said
    verdicts = {one.id: one.verdict.value for one in document_in(into / "selection").clauses}
    assert verdicts["W1.4"] == "passed"
    # A scenario of a team's own that left no result is not known to the report.
    assert verdicts.get("W1.6", "not run") == "not run"
