"""The wheel of this checkout, and its command, installed into an environment of its own.

Tests use no network: the environment finds third-party packages in the one that runs these tests,
which has more than a user's.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from functools import partial
from pathlib import Path

import pytest

from tests.support.made_once import made_once

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The wheel of this checkout."""
    [built] = made_once(tmp_path_factory.getbasetemp(), worker_id, "dist", _build).glob("*.whl")
    return built


def _build(folder: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


@pytest.fixture(scope="session")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The installed command."""
    install = partial(_install, wheel)
    folder = made_once(tmp_path_factory.getbasetemp(), worker_id, "installed", install)
    return folder / "bin" / "checkout-conformance"


def _install(wheel: Path, folder: Path) -> None:
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    install = ["pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([sys.executable, "-m", *install, str(wheel)], check=True, capture_output=True)
    [packages] = folder.glob("lib/python*/site-packages")
    (packages / "third_party.pth").write_text(sysconfig.get_path("purelib"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder
