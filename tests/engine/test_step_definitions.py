"""How the steps of Sentences are found: under one name, the one that was loaded last first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from checkout_conformance.sentences import Sentences
from checkout_conformance.step_definitions import NAME

ROOT = Path(__file__).parents[2]
OURS = """
from checkout_conformance.sentences import Sentences
SENTENCES = Sentences({}, [])
@SENTENCES.given("a cart")
@SENTENCES.given("a basket", target_fixture="cart")
def cart(): return "ours"
@SENTENCES.then('the cart is "{whose}"')
def check(cart, whose): assert cart == whose
"""
OWN = """
from pytest_bdd import scenarios
from ours import SENTENCES
scenarios("a.feature")
@SENTENCES.given("a basket", target_fixture="cart")
def own_cart(): return "own"
"""
FEATURE = """
Feature: Carts
  Scenario: A basket
    Given a basket
    Then the cart is "{whose}"
"""


def run(folder: Path, whose: str, module: str) -> str:
    (folder / "ours.py").write_text(OURS)
    (folder / "test_it.py").write_text(module)
    (folder / "a.feature").write_text(FEATURE.format(whose=whose))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "ours", "-p", "no:cacheprovider"]
    options = ["-c", "/dev/null", "--rootdir", str(folder), str(folder)]
    environment = {name: text for name, text in os.environ.items() if "PYTEST" not in name}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(folder)])
    done = subprocess.run(
        [*command, *options],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_a_step_is_found_in_the_module_that_defines_it(tmp_path: Path) -> None:
    without = OWN.partition("@")[0]
    assert "1 passed" in run(tmp_path, "ours", without)
    assert "1 failed" in run(tmp_path, "own", without)


def test_the_step_of_the_scenarios_own_module_replaces_ours(tmp_path: Path) -> None:
    assert "1 passed" in run(tmp_path, "own", OWN)


def test_all_steps_share_the_name_by_which_pytest_bdd_looks_for_them() -> None:
    sentences = Sentences({}, [])

    @sentences.given("a buyer")
    @sentences.when("the buyer comes")
    def come() -> None: ...

    found = [value for name, value in globals().items() if name.startswith(f"{NAME}_")]
    assert len(found) == 2
    assert {value._fixture_function_marker.name for value in found} == {NAME}
