"""Run a command, wait for all its child processes and measure their total cost.

``python -m benchmarks.measurement.reaper FILE COMMAND…`` writes wall and processor seconds into
FILE as JSON.

A browser's processes are killed and seldom waited for, so their processor time reaches nobody:
of a scenario's seconds more than half are lost that way. On Linux this process therefore adopts
whatever loses its parent. Elsewhere the lost part stays lost.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

# linux/prctl.h
PR_SET_CHILD_SUBREAPER = 36


def main(arguments: list[str]) -> int:
    """Run the command; its exit status."""
    file, *command = arguments
    _adopt_orphans()
    began = time.monotonic()
    process = subprocess.Popen(command)
    status = process.wait()
    wall = time.monotonic() - began
    _wait_for_orphans()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    Path(file).write_text(json.dumps({"wall": wall, "cpu": used.ru_utime + used.ru_stime}))
    return status


def _adopt_orphans() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _wait_for_orphans() -> None:
    try:
        while True:
            os.wait()
    except ChildProcessError:
        return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
