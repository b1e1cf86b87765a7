"""``python -m benchmarks.side_by_side ONE… -- OTHER…``: run commands at a time, and wait for all.

For harnesses that run in one process only.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from itertools import groupby

BETWEEN = "--"


def joined(commands: Sequence[Sequence[str]]) -> list[str]:
    """The command that runs all of these."""
    words = [word for command in commands for word in (BETWEEN, *command)]
    return [sys.executable, "-m", "benchmarks.side_by_side", *words[1:]]


def main(words: list[str]) -> int:
    """Run them; the worst exit status."""
    parts = groupby(words, lambda word: word == BETWEEN)
    started = [subprocess.Popen(list(part)) for between, part in parts if not between]
    return max([process.wait() for process in started])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
