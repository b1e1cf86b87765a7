"""The environment of the published clients: ``make clients`` installs it, apart from our own."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

CLIENTS = Path(__file__).parents[3] / ".clients"
PYTHON = CLIENTS / "bin" / "python"


@cache
def _can_import(module: str) -> bool:
    if not PYTHON.exists():
        return False
    tried = subprocess.run([PYTHON, "-c", f"import {module}"], capture_output=True, check=False)
    return tried.returncode == 0


def python_with(module: str, package: str) -> Path:
    """Return the Python that has the client; skip the test by the package's name without it."""
    if not _can_import(module):
        pytest.skip(f"{package} is not installed: run make clients")
    return PYTHON


def node_with(package: str) -> tuple[str, Path]:
    """Return Node and the folder of the package; skip the test by its name without one of them."""
    node, folder = shutil.which("node"), CLIENTS / "node_modules" / package
    if node is None or not folder.is_dir():
        pytest.skip(f"{package} is not installed: run make clients")
    return node, folder


def php_with(package: str) -> tuple[str, Path]:
    """Return PHP and what loads its packages; skip the test by the package's name without one."""
    php, vendor = shutil.which("php"), CLIENTS / "php" / "vendor"
    if php is None or not (vendor / package).is_dir():
        pytest.skip(f"{package} is not installed: run make clients, with PHP and composer")
    return php, vendor / "autoload.php"
