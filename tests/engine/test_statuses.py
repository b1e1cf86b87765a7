"""Every command keeps to the exit statuses: conforms, does not, cannot tell, usage, refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from checkout_conformance.cli import COMMANDS, main
from checkout_conformance.own.schema import MODELS
from checkout_conformance.statuses import REFUSED_BY_PYTEST, Status, status_of_pytest

ROOT = Path(__file__).parents[2]
REAL = 'name = "x"\n[sites.shop]\nurl = "https://www.aliexpress.com"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, but for a target that is a real provider."""
    (tmp_path / "real.toml").write_text(REAL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (0, Status.CONFORMS),
        (1, Status.DOES_NOT_CONFORM),
        (2, Status.CANNOT_TELL),
        (3, Status.CANNOT_TELL),
        (4, Status.USAGE),
        (5, Status.CANNOT_TELL),
        (REFUSED_BY_PYTEST, Status.REFUSED),
        (77, Status.CANNOT_TELL),
        (-15, 143),
    ],
)
def test_what_pytest_says_is_said_in_our_statuses(code: int, status: int) -> None:
    assert status_of_pytest(code) == status


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_wrong_argument_is_wrong_usage(name: str, folder: Path) -> None:
    words = ["nope"] if name in ("schema", "completion", "new", "deviants", "twins") else []
    wrong = {"run": ["--workers", "many"], "check": ["nope"], "steps": ["--keyword", "nope"]}
    words = words or wrong.get(name, ["--no-such-option", "--nope"])
    assert main([name, *words]) == Status.USAGE


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--version"], Status.CONFORMS),
        (["--help"], Status.CONFORMS),
        (["completion", "zsh"], Status.CONFORMS),
        (["steps", "cart"], Status.CONFORMS),
        (["steps", "no such sentence"], Status.DOES_NOT_CONFORM),
        (["init", "new"], Status.CONFORMS),
        (["init", "new", "--name", "Not A Name"], Status.USAGE),
        (["new", "procedure", "R1"], Status.USAGE),
        (["report", "nope"], Status.CANNOT_TELL),
        (["compare", "nope", "nope"], Status.CANNOT_TELL),
        (["oracle", "--into", "nope"], Status.CANNOT_TELL),
        (["deviants", "list", "menu-says-transfer"], Status.CONFORMS),
        (["deviants", "list", "nope"], Status.USAGE),
        (["twins", "list"], Status.CONFORMS),
        (["check", "mock"], Status.CANNOT_TELL),
        (["check-target", "mock"], Status.CANNOT_TELL),
        (["check", "real.toml"], Status.REFUSED),
    ],
)
def test_a_command_says_what_came_of_it(words: list[str], status: int, folder: Path) -> None:
    assert main(words) == status


@pytest.mark.parametrize("words", [["--target", "real.toml"], ["--tracing", "on"]])
def test_a_run_that_would_do_harm_is_refused(words: list[str], folder: Path) -> None:
    command = [sys.executable, "-m", "checkout_conformance", "run", "--workers", "0", "--no-allure"]
    where = [str(folder / word) if word.endswith(".toml") else word for word in words]
    done = subprocess.run(
        [*command, "--into", str(folder), "-m", "W1", *where],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == Status.REFUSED, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_the_steps_can_be_filtered(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["steps", "--keyword", "when", "CART", "goes back", "buys only"]) == Status.CONFORMS
    [line] = capsys.readouterr().out.splitlines()
    assert line == 'When  the buyer goes back to the cart and buys only "{product}"'


@pytest.mark.parametrize("name", MODELS)
def test_a_schema_is_json(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", name]) == Status.CONFORMS
    schema = json.loads(capsys.readouterr().out)
    assert schema["properties"]
    assert ("project" in schema["properties"]) is (name == "checkout")


def test_completion_names_the_commands_without_importing_them() -> None:
    code = (
        "import os, sys; os.environ.update(COMP_WORDS='checkout-conformance de', COMP_CWORD='1',"
        "_CHECKOUT_CONFORMANCE_COMPLETE='bash_complete')\n"
        "from checkout_conformance.cli import main\n"
        "try: main([])\n"
        "except SystemExit: pass\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    first, *_, modules = done.stdout.splitlines()
    assert first == "plain,deviants"
    assert "checkout_conformance.deviants.command" not in modules.split()
