"""A command in a process of its own, under the supervisor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol

from checkout_conformance.project import WORK

SUPERVISOR = Path(__file__).with_name("supervisor.py")


class StandardProcess(Protocol):
    """A running command whose standard output can be read."""

    stdout: IO[str]
    pid: int

    def poll(self) -> int | None:
        """Return the exit status, or None while the process runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit status once the process has ended. Raises TimeoutExpired."""

    def stop(self) -> None:
        """Ask the process to end."""

    def kill(self) -> None:
        """Kill the process at once."""


class SupervisedProcess:
    """A command that ends with the process that started it; ``pid`` is its supervisor's."""

    def __init__(self, command: Sequence[str], errors: Path) -> None:
        with errors.open("w", encoding="utf-8") as stderr:
            # A new session: Ctrl-C reaches only pytest, which then stops the sites in order.
            self._process = subprocess.Popen(
                [sys.executable, str(SUPERVISOR), *command],
                cwd=WORK,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                encoding="utf-8",
                start_new_session=True,
            )
        assert self._process.stdout is not None
        self.stdout, self.pid = self._process.stdout, self._process.pid

    def poll(self) -> int | None:
        """Return the exit status, or None while the process runs."""
        return self._process.poll()

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit status once the process has ended. Raises TimeoutExpired."""
        return self._process.wait(timeout)

    def stop(self) -> None:
        """Close the supervisor's input: it stops the command in order."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def kill(self) -> None:
        """Kill the supervisor and its children, which share its session."""
        if hasattr(os, "killpg"):
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
        else:
            self._process.kill()
        self._process.wait()
        self.stop()
