"""What the reference did in a run of the same files counts; of any other run nothing does."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkout_conformance.deviants import known_reference
from checkout_conformance.deviants.deviant import REFERENCE
from checkout_conformance.deviants.known_reference import known_results
from checkout_conformance.deviants.matrix import BROWSER, HTTP
from checkout_conformance.evidence.allure_files import ENVIRONMENT, write_environment
from checkout_conformance.plan import Key, PlannedScenario, read_plan
from tests.support.sample_results import OVER_HTTP, write_result

COMMIT = "abc1234"
ONE, OTHER = [one for one in read_plan() if not one.edition][:2]


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The results of two scenarios over HTTP, the second of which failed, of this commit."""
    checked_out(monkeypatch, COMMIT)
    folder = tmp_path / "results"
    write_result(folder, 1, ONE, setting=OVER_HTTP)
    write_result(folder, 2, OTHER, "failed", setting=OVER_HTTP)
    (folder / ENVIRONMENT).write_text(f"target=mock\ncommit={COMMIT}\n")
    return folder


def checked_out(monkeypatch: pytest.MonkeyPatch, commit: str) -> None:
    monkeypatch.setattr(known_reference, "commit", lambda: commit)


def keys(*scenarios: PlannedScenario) -> set[Key]:
    return {one.key for one in scenarios}


def test_results_of_this_commit_are_those_of_the_reference(results: Path) -> None:
    [one] = known_results(results, HTTP, keys(ONE))
    assert (one.setting.target, one.status) == (REFERENCE, "passed")
    assert [one.status for one in known_results(results, HTTP, keys(OTHER))] == ["failed"]


def test_results_of_another_driver_are_none(results: Path) -> None:
    assert known_results(results, BROWSER, keys(ONE)) == []


def test_if_one_scenario_was_not_run_all_are_run(results: Path) -> None:
    third = [one for one in read_plan() if not one.edition][2]
    assert known_results(results, HTTP, keys(ONE, third)) == []


@pytest.mark.parametrize("commit", ["abc12345", f"{COMMIT}-dirty", "unknown"])
def test_results_of_other_files_are_none(
    results: Path, commit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked_out(monkeypatch, commit)
    (results / ENVIRONMENT).write_text(f"commit={COMMIT}\n")
    assert known_results(results, HTTP, keys(ONE)) == []


@pytest.mark.parametrize("commit", [f"{COMMIT}-dirty", "unknown"])
def test_files_that_were_not_committed_may_be_others_by_now(
    results: Path, commit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked_out(monkeypatch, commit)
    (results / ENVIRONMENT).write_text(f"commit={commit}\n")
    assert known_results(results, HTTP, keys(ONE)) == []


def test_a_run_notes_its_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_environment(tmp_path, {"target": {"mock"}})
    noted = (tmp_path / ENVIRONMENT).read_text("utf-8")
    [commit] = [line.partition("=")[2] for line in noted.splitlines() if "commit=" in line]
    checked_out(monkeypatch, commit.removesuffix("-dirty"))
    assert known_reference.is_of_this_commit(tmp_path) is (
        commit != "unknown" and not commit.endswith("-dirty")
    )
