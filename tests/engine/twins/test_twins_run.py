"""A run of twins chooses the scenarios of the site, and writes the matrix."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from checkout_conformance.twins import plugin
from checkout_conformance.twins.driving import chosen_twins

ROOT = Path(__file__).parents[3]


def run(into: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "checkout_conformance", "twins", "run", *options]
    # An xdist worker's own would make the inner run believe that it is one.
    environment = {name: os.environ[name] for name in os.environ if "XDIST" not in name}
    return subprocess.run(
        [*command, "--workers", "1", "--into", str(into)],
        cwd=ROOT,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
    )


@pytest.mark.timeout(300)
def test_a_twin_passes_the_scenarios_that_were_chosen(tmp_path: Path) -> None:
    done = run(tmp_path, "--only", "wallet-answers-slowly", "-k", "the_menu_has_pay")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("passed            wallet-answers-slowly  1 of 1") == 1
    assert "Passed: 1 of 1 twins passed" in done.stdout
    [twin] = json.loads((tmp_path / "twins.json").read_text("utf-8"))["twins"]
    assert [one["scenario"] for one in twin["tried"]] == ["The menu has Pay"]
    assert "wallet-answers-slowly" in (tmp_path / "twins.html").read_text("utf-8")


@pytest.mark.timeout(300)
def test_without_evidence_a_run_on_a_twin_prints_what_any_run_of_pytest_does() -> None:
    command = [sys.executable, "-m", "pytest", "features", "--driver", "http", "-q", "-n", "0"]
    command += ["--twin", "wallet-answers-slowly", "-k", "the_menu_has_pay"]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)
    assert "1 passed" in done.stdout, done.stdout + done.stderr
    assert "not tried" not in done.stdout


@pytest.mark.timeout(300)
def test_a_twin_that_needs_a_script_is_not_tried_over_http(tmp_path: Path) -> None:
    twins = ("--only", "wallet-is-rendered-by-a-script", "--only", "wallet-answers-slowly")
    done = run(tmp_path, *twins, "-k", "the_menu_has_pay", "--driver", "http")
    assert done.returncode == 0, done.stdout + done.stderr
    rendered, slow = json.loads((tmp_path / "twins.json").read_text("utf-8"))["twins"]
    assert [one["outcome"] for one in rendered["tried"]] == ["not tried by this driver"]
    assert rendered["tried"][0]["needs"].startswith("script")
    assert (slow["passed"], rendered["passed"]) == (True, False)


@pytest.mark.timeout(300)
def test_a_scenario_that_needs_what_a_twin_lacks_is_not_offered(tmp_path: Path) -> None:
    chosen = ("--only", "shops-keep-their-first-key", "-k", "two_shops_use or new_one_issues")
    done = run(tmp_path, *chosen, "--driver", "http")
    assert done.returncode == 0, done.stdout + done.stderr
    [twin] = json.loads((tmp_path / "twins.json").read_text("utf-8"))["twins"]
    assert {one["scenario"]: one["outcome"] for one in twin["tried"]} == {
        "Two shops use the same number for their invoices": "passed",
        "After the end of the replaced key the new one issues invoices": "not offered",
    }


@pytest.mark.parametrize(
    ("near", "tried"), [((), True), (("--near",), False)], ids=["whole", "near"]
)
def test_near_leaves_out_clauses_at_which_a_twin_does_not_differ(
    near: tuple[str, ...], tried: bool
) -> None:
    command = [sys.executable, "-m", "pytest", "features", "--collect-only", "-q", "-n", "0"]
    command += ["--twin", "view-counts-the-invoices", *near]
    listed = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False).stdout
    assert "view_opens_the_list_of_invoices[<view-counts-the-invoices>]" in listed
    assert ("the_menu_has_pay" in listed) is tried
    assert "add_card_shows" not in listed


def test_an_unknown_twin_ends_the_run(tmp_path: Path) -> None:
    done = run(tmp_path, "--only", "no-such-twin")
    assert done.returncode == 3
    assert "no-such-twin" in done.stderr
    assert not (tmp_path / "twins.json").exists()


def test_an_unknown_twin_is_rejected_before_anything_starts() -> None:
    with pytest.raises(pytest.UsageError, match="no-such-twin"):
        chosen_twins(["no-such-twin"])
    assert len(chosen_twins(["all"])) > len(chosen_twins(["cart-is-a-list"])) == 1


def test_a_run_is_on_twins_or_on_deviants() -> None:
    config = SimpleNamespace(getoption=lambda _name: ["all"])
    with pytest.raises(pytest.UsageError, match="cannot be used together"):
        plugin.pytest_configure(cast(pytest.Config, config))
