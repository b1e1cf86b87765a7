"""``make check`` holds the import rules: what breaks one in a copy of the code is named."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code that the rules are about."""
    for name in SETTINGS["root_packages"]:
        leave_out = shutil.ignore_patterns("__pycache__", "*.html", "*.po", ".cache", "data")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=leave_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the linter on a folder."""
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [str(command), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("module", "line", "rule"),
    [
        ("checkout_conformance/people.py", "import steps.wallet", "The engine knows no content"),
        ("steps/wallet.py", "import mock_sites.wallet", "Steps import the engine only"),
        (
            "mock_sites/vault/__init__.py",
            "import mock_sites.shop",
            "A site imports the shared core and itself",
        ),
        ("mock_sites/wallet/domain/__init__.py", "import flask", "Rules know no Flask and no HTTP"),
    ],
)
def test_an_import_that_breaks_a_rule_is_named(
    copy: Path, module: str, line: str, rule: str
) -> None:
    file = copy / module
    file.write_text(f"{file.read_text()}\n\n{line}\n")
    done = check(copy)
    assert done.returncode == 1, done.stdout
    assert f"{rule} BROKEN" in done.stdout
    assert line.split()[-1].split(".")[0] in done.stdout


def test_the_rules_hold_and_make_check_looks(copy: Path) -> None:
    assert check(copy).returncode == 0
    [recipe] = re.findall(
        r"^check: .*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE
    )
    assert "lint-imports" in recipe
