"""The built documentation, once for all workers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from tests.support.documentation import ROOT


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of the built site. It is built strictly: a warning fails every test that asks."""
    own = tmp_path_factory.getbasetemp()
    shared = own if worker_id == "master" else own.parent
    site = shared / "documentation"
    with FileLock(shared / "documentation.lock"):
        if not (site / "index.html").exists():
            command = [sys.executable, "-m", "tools.docs", "--into", str(site)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
            assert not done.stderr, done.stderr
    return site
