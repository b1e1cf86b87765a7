"""Install the compared tools into a folder that git ignores, on first use."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.measurement.session import PeerMissing
from checkout_conformance.reporting.node import Node, find_node

BENCHMARKS = Path(__file__).parents[1]
PEERS = BENCHMARKS / "peers"
CACHE = BENCHMARKS / ".cache"
PYTHON_LOCK = PEERS / "python" / "requirements.txt"
JAVASCRIPT = PEERS / "javascript"
DRIVER_PACKAGE = "chromium-driver"


def peer_python() -> Path:
    """The Python of the peers, with their locked packages. Raises PeerMissing."""
    folder = CACHE / f"python-{_digest(PYTHON_LOCK)}"
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _run([sys.executable, "-m", "venv", str(folder)])
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _run([*pip, "--require-hashes", "-r", str(PYTHON_LOCK)])
        (folder / "complete").touch()
    return python


def robot_python() -> Path:
    """The Python of the peers, with the part on Node of Robot's library. Raises PeerMissing."""
    python = peer_python()
    marker = python.parent.parent / "robot-complete"
    if not marker.exists():
        _node()
        _run([str(python.with_name("rfbrowser")), "init", "--skip-browsers"])
        marker.touch()
    return python


def node_modules() -> Path:
    """The folder of the peers on Node, with their locked packages. Raises PeerMissing."""
    node = _node()
    lock = JAVASCRIPT / "package-lock.json"
    folder = CACHE / f"javascript-{_digest(lock)}"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(JAVASCRIPT, folder, ignore=shutil.ignore_patterns("node_modules"))
        _run([str(node.npm), "ci"], folder)
        (folder / "complete").touch()
    for source in JAVASCRIPT.rglob("*.mjs"):
        if "node_modules" not in source.parts:
            shutil.copy(source, folder / source.relative_to(JAVASCRIPT))
    return folder


def chromedriver() -> str:
    """What Selenium drives the browser with. Raises PeerMissing."""
    found = shutil.which("chromedriver")
    if found is None:
        raise PeerMissing(f"no chromedriver; on Debian: apt-get install {DRIVER_PACKAGE}")
    return found


def _node() -> Node:
    node = find_node()
    if node is None:
        raise PeerMissing("no Node of version 20 or newer")
    return node


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def _run(command: list[str], folder: Path | None = None) -> None:
    environment = {**os.environ, "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise PeerMissing(f"`{' '.join(command[:4])} …` failed: {done.stderr[-300:].strip()}")
