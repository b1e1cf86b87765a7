"""Run commands at the same time, and wait for all of them.

``python -m benchmarks.harnesses.side_by_side ONE… -- OTHER…`` is for harnesses that run in one
process only. The environment tells each command its number, by which it picks its sites.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import groupby

from benchmarks.peers.stack import WORKER

BETWEEN = "--"


def joined(commands: Sequence[Sequence[str]]) -> list[str]:
    """The command that runs all of these."""
    words = [word for command in commands for word in (BETWEEN, *command)]
    return [sys.executable, "-m", "benchmarks.harnesses.side_by_side", *words[1:]]


def main(words: list[str]) -> int:
    """Run them; the worst exit status."""
    parts = groupby(words, lambda word: word == BETWEEN)
    commands = [list(part) for between, part in parts if not between]
    started = [
        subprocess.Popen(command, env={**os.environ, WORKER: str(number)})
        for number, command in enumerate(commands)
    ]
    return max([process.wait() for process in started])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
