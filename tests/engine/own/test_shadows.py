"""Nothing of ours is replaced silently: both places are named, or the report has it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from checkout_conformance.own.scaffold import write_new
from checkout_conformance.team import ProjectError, read_team

ROOT = Path(__file__).parents[3]
FEATURE = """
@W1
Feature: Ours again

  @W1.4
  Rule: Of the project
    Scenario: {scenario}
      Then the shop has taken no money
"""
STEPS = """
import pytest
from checkout_conformance.sentences import own_sentences

SENTENCES = own_sentences()

@pytest.fixture
def shop():
    return "not ours"

@SENTENCES.then("the shop has taken no money")
def nothing_taken():
    pass
"""
REPLACES = [
    "label Pay",
    "fixture shop",
    "sentence the shop has taken no money",
]


@pytest.fixture(scope="module")
def scenario() -> str:
    """The name of a scenario of ours."""
    [name] = [
        line.partition("Scenario: ")[2]
        for line in (ROOT / "features" / "cards" / "linking_through_the_vault.feature")
        .read_text(encoding="utf-8")
        .splitlines()
        if "Scenario: Signing in to the vault directly" in line
    ]
    return name


@pytest.fixture
def project(tmp_path: Path, scenario: str) -> Path:
    """A project that has a label, fixture, sentence, feature and scenario of ours."""
    write_new("init", tmp_path, {"name": "acme", "version": "0"})
    (tmp_path / "features" / "glossary.toml").write_text('["Pay"]\nen = "Pay up"\n')
    (tmp_path / "steps" / "again.py").write_text(STEPS)
    text = FEATURE.format(scenario=scenario)
    again = tmp_path / "features" / next(iter(sorted(_names("wallet"))))
    again.parent.mkdir()
    again.write_text(text)
    return tmp_path


def _names(folder: str) -> list[str]:
    features = ROOT / "features"
    return [path.relative_to(features).as_posix() for path in (features / folder).glob("*.feature")]


def run(project: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command in the project, with this checkout."""
    kept = {name: text for name, text in os.environ.items() if "PYTEST" not in name}
    return subprocess.run(
        [sys.executable, "-m", "checkout_conformance", "run", "--workers", "0", *words],
        cwd=project,
        env={**kept, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def replace(project: Path, *names: str) -> None:
    file = project / "checkout.toml"
    text = file.read_text(encoding="utf-8")
    assert "replaces = []" in text
    file.write_text(text.replace("replaces = []", f"replaces = {json.dumps(names)}", 1))


def test_each_thing_of_ours_is_an_error_that_names_both_places(
    project: Path, scenario: str
) -> None:
    done = run(project, "--collect-only", "-q")
    assert done.returncode == 3, done.stdout
    said = done.stdout + done.stderr
    [feature] = sorted(_names("wallet"))[:1]
    for theirs, what, ours in (
        ("features/glossary.toml", "the label 'Pay'", "features/glossary.toml"),
        ("steps/again.py:", "the fixture 'shop'", "steps/shop.py:"),
        (feature, f"the feature {feature!r}", feature),
        (f"{feature}:7", f"the scenario {scenario!r}", "linking_through_the_vault.feature:"),
        (f"{feature}:8", "then 'the shop has taken no money' is ", "cart.py:"),
    ):
        lines = [line for line in said.splitlines() if theirs in line and what in line]
        assert lines, f"{what}: {said}"
        assert ours in lines[0].partition(what)[2]
        assert "replaces = [" in lines[0]


def test_what_the_project_asks_for_by_name_takes_the_place_of_ours(
    project: Path, scenario: str
) -> None:
    [feature] = sorted(_names("wallet"))[:1]
    replace(project, *REPLACES, f"feature {feature}", f"scenario {scenario}")
    done = run(project, "--collect-only", "-q")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "deselected" in done.stdout
    signing_in = [
        line for line in done.stdout.splitlines() if "signing_in_to_the_vault_dir" in line
    ]
    assert len(signing_in) == 1


def test_a_name_that_is_not_ours_is_an_error(tmp_path: Path) -> None:
    write_new("init", tmp_path, {"name": "acme", "version": "0"})
    replace(tmp_path, "fixture no_such_fixture", "sentence nobody says this")
    done = run(tmp_path, "--collect-only", "-q")
    assert done.returncode == 3
    assert "it replaces the fixture 'no_such_fixture'" in done.stderr
    assert "it replaces the sentence 'nobody says this'" in done.stderr


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('replaces = ["colour Pay"]', "begin with one of feature, scenario, sentence"),
        ('replaces = ["label"]', "begin with one of"),
        ('name = "Not A Name"', "name: "),
        ('language = "ar"', "language: "),
    ],
)
def test_a_mistake_in_the_table_is_named(tmp_path: Path, table: str, said: str) -> None:
    (tmp_path / "checkout.toml").write_text(f"[project]\n{table}\n")
    with pytest.raises(ProjectError, match=r"checkout\.toml") as raised:
        read_team(tmp_path)
    assert said in str(raised.value)
