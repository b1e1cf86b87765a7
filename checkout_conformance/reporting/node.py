"""Which Node builds the report: the machine's if it is new enough, else the one from PyPI."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

OLDEST = 20


class Node(NamedTuple):
    """A Node with its package manager."""

    node: Path
    npm: Path


def find_node(environment: Path = Path(sys.prefix)) -> Node | None:
    """The Node to use, or None if there is none of version 20 or newer that has npm.

    The machine's comes first, then that of a Python environment: the running one by default.
    """
    return _node_in(None) or _node_in(environment / "bin")


def _node_in(folder: Path | None) -> Node | None:
    path = str(folder) if folder else None
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if node is None or npm is None or _major(node) < OLDEST:
        return None
    return Node(Path(node), Path(npm))


def _major(node: str) -> int:
    """The first number of `node --version` (v22.1.0), 0 if it does not answer."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    first = answer.stdout.strip().removeprefix("v").partition(".")[0]
    return int(first) if first.isdigit() else 0
