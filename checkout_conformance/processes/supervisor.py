"""Run a command until it ends or until the process that started the supervisor ends.

``python supervisor.py COMMAND…`` ends the command when its own standard input ends. A run that is
killed has no time to stop what it started, but its end of the pipe closes all the same.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading

STOP_SECONDS = 5.0


def keep(command: list[str]) -> int:
    """Run ``command`` until it ends or standard input does; its exit status."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    threading.Thread(target=_stop_at_end_of_input, args=(child,), daemon=True).start()
    return child.wait()


def _stop_at_end_of_input(child: subprocess.Popen[bytes]) -> None:
    # Not by sys.stdin: its lock, held by this thread, would abort the interpreter's shutdown.
    while os.read(0, 1024):
        pass
    child.terminate()
    try:
        child.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()


if __name__ == "__main__":
    sys.exit(keep(sys.argv[1:]))
