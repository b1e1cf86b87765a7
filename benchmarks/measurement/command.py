"""Measure a command: wall-clock and processor seconds, with all its child processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAST_OUTPUT = 3000


class RunFailed(Exception):
    """A command that was to be measured failed. The message has its last words."""


@dataclass(frozen=True)
class Run:
    """Wall-clock and processor seconds of one run."""

    wall: float
    cpu: float


def measure(
    command: Sequence[str | Path], environment: Mapping[str, str] | None = None, folder: Path = ROOT
) -> Run:
    """Run a command and measure it. Raises RunFailed."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "cost.json"
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.measurement.reaper", file, *command],
            cwd=folder,
            env={**own_environment(), **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        if done.returncode:
            raise RunFailed(f"{' '.join(map(str, command))}\n{done.stdout[-LAST_OUTPUT:]}")
        return Run(**json.loads(file.read_text()))


def own_environment() -> dict[str, str]:
    """Without what would have every Python compile its modules again."""
    kept = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT)}
