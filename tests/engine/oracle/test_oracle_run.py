"""Trials run with the mutant that they name, and with no other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from checkout_conformance.deviants.deviant import REFERENCE
from checkout_conformance.deviants.matrix import Outcome
from checkout_conformance.oracle.driving import results_beside
from checkout_conformance.oracle.importing import instrument
from checkout_conformance.oracle.plugin import INSTRUMENTED
from checkout_conformance.oracle.switch import SWITCH
from checkout_conformance.oracle.trials import Trial, read_results, write_trials
from checkout_conformance.plan import read_plan

ROOT = Path(__file__).parents[3]
STEP = "def step():\n    assert False\n"
CENT = "steps.hold:one_cent_is_held:1"
TWO_CENTS = "two-cents-are-taken"
[HELD] = [one for one in read_plan() if one.name == "Exactly one cent is held" and not one.edition]


def trial(site: str, operator: str = "") -> Trial:
    """The scenario of the held cent on a site, with a mutant of its last assertion or none."""
    return Trial(
        site=site,
        feature=HELD.feature,
        name=HELD.name,
        example=HELD.example,
        clause="" if site == REFERENCE else "C2.5",
        place=CENT if operator else "",
        operator=operator,
    )


@pytest.mark.timeout(300)
def test_a_mutant_lets_a_deviant_survive_and_fails_on_the_reference(tmp_path: Path) -> None:
    file = tmp_path / "trials.json"
    trials = [trial(TWO_CENTS), trial(TWO_CENTS, "drop"), trial(REFERENCE, "negate")]
    write_trials(file, [trial(REFERENCE), *trials])
    command = [sys.executable, "-m", "pytest", str(ROOT / "features")]
    command += ["--driver", "http", "--oracle", str(file), "--alluredir", str(tmp_path / "allure")]
    environment = {name: value for name, value in os.environ.items() if "XDIST" not in name}
    done = subprocess.run(
        [*command, "-p", "no:randomly", "-q"],
        cwd=ROOT,
        env={**environment, INSTRUMENTED: "1"},
        text=True,
        capture_output=True,
        check=False,
    )
    results = {
        (one.trial.site, one.trial.operator): one for one in read_results(results_beside(file))
    }
    assert {key: one.outcome for key, one in results.items()} == {
        (REFERENCE, ""): Outcome.PASSED,
        (TWO_CENTS, ""): Outcome.KILLED,
        (TWO_CENTS, "drop"): Outcome.PASSED,
        (REFERENCE, "negate"): Outcome.WRONG_PLACE,
    }, done.stdout + done.stderr
    assert results[TWO_CENTS, ""].reached[-1] == results[TWO_CENTS, ""].failed == CENT
    assert results[REFERENCE, ""].failed == ""


def test_modules_below_a_package_are_instrumented_and_others_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("asserting", "plain"):
        package = tmp_path / name
        package.mkdir()
        (package / "__init__.py").write_text("", encoding="utf-8")
        (package / "steps.py").write_text(STEP, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    instrument("asserting")
    instrumented = __import__("asserting.steps", fromlist=["step"])
    plain = __import__("plain.steps", fromlist=["step"])
    SWITCH.begin("asserting.steps:step:1", "drop")
    instrumented.step()
    SWITCH.begin()
    for module in (instrumented, plain):
        with pytest.raises(AssertionError):
            module.step()
    assert (tmp_path / "asserting" / "steps.py").read_text(encoding="utf-8") == STEP
    assert not list((tmp_path / "asserting").rglob("steps*.pyc"))
