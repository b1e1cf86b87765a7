"""The step of a line is the one that pytest-bdd itself would find."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from steps.lookup import StepLookup, find_as_pytest_bdd_does
from tests.feature_files import lines_of, read_features

ROOT = Path(__file__).parents[1]
STEP = "import pytest_bdd\n@pytest_bdd.{decorator}('{words}')\ndef _():\n    print('{told}')\n"


def test_every_line_of_the_features_has_the_step_that_pytest_bdd_finds(
    request: pytest.FixtureRequest,
) -> None:
    lookup, asked = StepLookup(), (request._fixturemanager, request.node)
    lines = {
        (step.type, text): replace(step, name=text)
        for file in read_features(ROOT / "features")
        for scenario in file.scenarios
        for step, text in lines_of(scenario)
    }
    for line in lines.values():
        found = list(lookup.find(line, *asked))
        assert found == list(find_as_pytest_bdd_does(line, *asked)), line.name
        assert len(found) == 1, line.name


def test_a_line_that_no_step_fits_has_none(request: pytest.FixtureRequest) -> None:
    [file, *_] = read_features(ROOT / "features")
    line = replace(file.scenarios[0].steps[0], name="nobody has ever said this")
    assert not list(StepLookup().find(line, request._fixturemanager, request.node))


def test_a_module_may_have_its_own_step_for_what_others_say_too(tmp_path: Path) -> None:
    write(tmp_path / "a.feature", "Feature: A\n  Scenario: S\n    Given that\n    Then that\n")
    write(tmp_path / "conftest.py", STEP.format(decorator="step", words="that", told="everyone"))
    scenarios = "pytest_bdd.scenarios('a.feature')\n"
    own = STEP.format(decorator="then", words="that", told="this module")
    write(tmp_path / "test_own.py", own + scenarios)
    write(tmp_path / "test_shared.py", "import pytest_bdd\n" + scenarios)
    assert told_by(tmp_path, "test_own.py") == ["everyone", "this module"]
    assert told_by(tmp_path, "test_shared.py") == ["everyone", "everyone"]
    assert told_by(tmp_path, "test_own.py", "test_shared.py") == [
        *("everyone", "this module"),
        *("everyone", "everyone"),
    ]


def told_by(folder: Path, *files: str) -> list[str]:
    """What the steps of these scenarios print, in their order."""
    plugins = ["-p", "steps.lookup", "-p", "no:randomly", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", "-qs", *plugins, "--rootdir", str(folder)]
    run = subprocess.run(
        [*command, *(str(folder / file) for file in files)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (line.lstrip(".") for line in run.stdout.splitlines())
    return [line for line in lines if line in ("everyone", "this module")]


def write(file: Path, text: str) -> None:
    file.write_text(textwrap.dedent(text), encoding="utf-8")
