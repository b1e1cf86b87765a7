"""A run of deviants tells the killed from the survivor and from what failed somewhere else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from checkout_conformance.deviants import known_reference
from checkout_conformance.deviants.collection import deviants_to_run
from checkout_conformance.deviants.judge import DeviantJudge, is_reference
from checkout_conformance.deviants.matrix import BROWSER, HTTP
from checkout_conformance.deviants.runs import DeviantRuns
from checkout_conformance.evidence.allure_files import ENVIRONMENT
from checkout_conformance.plan import read_plan
from checkout_conformance.reporting.allure_html import ReportError
from checkout_conformance.reporting.evidence import ScenarioEvidence
from tests.support.sample_results import OVER_HTTP, write_result

ROOT = Path(__file__).parents[3]
SAMPLE = {
    "menu-says-transfer": "killed",
    "nobody-notices": "survived",
    "known-by-another-mark": "failed in the wrong place",
}


def run(
    into: Path, *names: str, scenarios: int = 1, workers: int = 1, browser_too: bool = False
) -> subprocess.CompletedProcess[str]:
    """Try each of these on a number of scenarios, over HTTP."""
    command = [
        sys.executable,
        "-m",
        "checkout_conformance",
        "deviants",
        "run",
        *names,
        "--at-most",
        str(scenarios),
        "--driver",
        "http",
        *([] if browser_too else ["--http-only"]),
    ]
    environment = {**os.environ, "MORE_DEVIANTS": "tests.support.sample_deviants"}
    # An xdist worker's own would make the inner run believe that it is one.
    environment = {name: environment[name] for name in environment if "XDIST" not in name}
    return subprocess.run(
        [*command, "--workers", str(workers), "--into", str(into)],
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )


@pytest.mark.timeout(300)
def test_survivors_and_failures_at_other_clauses_are_no_kills(tmp_path: Path) -> None:
    done = run(tmp_path, *SAMPLE, scenarios=2, workers=2)
    document: dict[str, Any] = json.loads((tmp_path / "deviants.json").read_text("utf-8"))
    assert done.returncode == 1, done.stdout + done.stderr
    assert {one["name"]: one["killed"] for one in document["deviants"]} == {
        name: verdict == "killed" for name, verdict in SAMPLE.items()
    }
    for name, verdict in SAMPLE.items():
        assert any(verdict in line and name in line for line in done.stdout.splitlines())
    assert "Not proven: 1 of 3 deviants killed" in done.stdout
    [dead] = [one for one in document["deviants"] if one["killed"]]
    assert dead["scenario"] == "The menu has Pay"
    assert dead["step"] == 'When the buyer opens "Pay" in the menu'
    # Two workers, but all scenarios of a deviant are one worker's: it is reported once.
    assert [done.stdout.count(f"{name}  ") for name in SAMPLE] == [1, 1, 1], done.stdout
    [survivor] = [one for one in document["deviants"] if one["name"] == "nobody-notices"]
    assert [one["outcome"] for one in survivor["attempts"]] == ["passed", "passed"]
    # Where a deviant stopped the walk early, the reference comes to what only a browser can try.
    outcomes = {one["outcome"] for one in document["reference"]}
    assert outcomes == {"passed", "not tried by this driver"}
    assert "To fix" in (tmp_path / "deviants.html").read_text("utf-8")


@pytest.mark.timeout(300)
def test_what_survives_over_http_is_tried_in_the_browser(tmp_path: Path) -> None:
    done = run(tmp_path, "menu-says-transfer", "logos-do-not-load", scenarios=9, browser_too=True)
    assert done.returncode == 0, done.stdout + done.stderr
    document = json.loads((tmp_path / "deviants.json").read_text("utf-8"))
    killed_by = {one["name"]: one["driver"] for one in document["deviants"]}
    assert killed_by == {"menu-says-transfer": "http", "logos-do-not-load": "browser"}
    reference = {(one["driver"], one["outcome"]) for one in document["reference"]}
    assert reference == {
        *(("http", "passed"), ("http", "not tried by this driver"), ("browser", "passed")),
    }
    # Its other scenarios are not tried over HTTP: the one that is known to kill it needs pictures.
    assert [len(one["attempts"]) for one in document["deviants"]] == [1, 2]
    assert "logos-do-not-load  pictures" in done.stdout
    assert "Proven: 2 of 2 deviants killed (1 over HTTP, 1 only in the browser)" in done.stdout


@pytest.mark.parametrize(("browser_too", "drivers"), [(True, [HTTP, BROWSER]), (False, [HTTP])])
def test_what_survives_over_http_stays_there_if_asked_to(
    browser_too: bool, drivers: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[str] = []

    def drive(_: DeviantRuns, driver: str, *__: object) -> list[ScenarioEvidence]:
        used.append(driver)
        return []

    monkeypatch.setattr(DeviantRuns, "_drive", drive)
    runs = DeviantRuns(tmp_path, (), 1, None, browser_too)
    assert runs.of(deviants_to_run()[:1], HTTP, DeviantJudge([])) == []
    assert used == drivers


def test_an_unknown_deviant_ends_the_run(tmp_path: Path) -> None:
    done = run(tmp_path, "no-such-deviant")
    assert done.returncode == 3
    assert "no-such-deviant" in done.stderr
    assert not (tmp_path / "deviants.json").exists()


def test_features_without_a_test_module_are_said(tmp_path: Path) -> None:
    deviants = deviants_to_run()[:1]
    runs = DeviantRuns(tmp_path / "results", (str(ROOT / "features" / "wallet"),), 1, None)
    with pytest.raises(ReportError, match=r"no scenario of these deviants was found in .*wallet"):
        runs.of(deviants, HTTP, DeviantJudge([]))


def test_what_the_reference_did_before_is_not_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driven: list[str] = []
    [scenario] = [one for one in read_plan() if one.name == "The menu has Pay" and not one.edition]

    def drive(runs: DeviantRuns, driver: str, results: Path, *_: str) -> list[ScenarioEvidence]:
        driven.append(results.name)
        results.mkdir(parents=True)
        write_result(results, 1, scenario, setting=OVER_HTTP)
        return []

    monkeypatch.setattr(DeviantRuns, "_drive", drive)
    monkeypatch.setattr(known_reference, "commit", lambda: "abc1234")
    known = tmp_path / "known"
    write_result(known, 1, scenario, setting=OVER_HTTP)
    (known / ENVIRONMENT).write_text("commit=abc1234\n")
    runs = DeviantRuns(tmp_path / "results", (), 1, None, browser_too=False, reference=known)
    [one] = runs.of(deviants_to_run()[:1], HTTP, DeviantJudge([]))
    assert is_reference(one)
    assert driven == ["deviants"]
    (known / ENVIRONMENT).write_text("commit=another\n")
    runs.of(deviants_to_run()[:1], HTTP, DeviantJudge([]))
    assert driven == ["deviants", "deviants", "reference"]
