"""The caller's side of ``forking.py``: a server of forks, and the processes that it forks."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from checkout_conformance.processes.forking import listen_at
from checkout_conformance.processes.supervised import StandardProcess, SupervisedProcess
from checkout_conformance.project import WORK

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
SERVER = "checkout_conformance.processes.forking"
# A process that was killed gives no exit status.
KILLED = -int(signal.SIGTERM)
READ_BYTES = 1024


@dataclass(frozen=True)
class ForkServer:
    """A process that has imported a module, and is forked for each command that runs it.

    ``address`` is the path of its socket ("": there is no server), ``prefix`` the beginning of
    these commands.
    """

    address: str = ""
    prefix: tuple[str, ...] = ()

    def start(self, command: Sequence[str], errors: Path) -> StandardProcess:
        """Run a command with its standard error in ``errors``.

        A command with another beginning gets a process of its own, and so do all if the server
        has ended.
        """
        if self.address and tuple(command[: len(self.prefix)]) == self.prefix:
            with suppress(OSError):
                return ForkedProcess(self.address, command[len(self.prefix) :], errors)
        return SupervisedProcess(command, errors)


@contextmanager
def running_fork_server(module: str, prefix: Sequence[str]) -> Iterator[ForkServer]:
    """Start a server of forks that run ``module``; it imports while the block runs already."""
    with tempfile.TemporaryDirectory(prefix="fork-", ignore_cleanup_errors=True) as folder:
        address = str(Path(folder) / "socket")
        # From now on a call waits for the server instead of failing.
        with listen_at(address) as listener:
            server = _server(listener, module)
        try:
            yield ForkServer(address, tuple(prefix))
        finally:
            server.terminate()
            server.communicate()


def _server(listener: socket.socket, module: str) -> subprocess.Popen[bytes]:
    # A new session: Ctrl-C reaches only pytest, which then stops the forks in order.
    return subprocess.Popen(
        [sys.executable, "-m", SERVER, str(listener.fileno()), module],
        cwd=WORK,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        # A command that is not forked says what is wrong.
        stderr=subprocess.DEVNULL,
        pass_fds=[listener.fileno()],
        start_new_session=True,
    )


class ForkedProcess:
    """A process that a server has forked; it ends with the process that called for it."""

    def __init__(self, address: str, arguments: Sequence[str], errors: Path) -> None:
        reading, writing = os.pipe()
        self.stdout: IO[str] = open(reading, encoding="utf-8")  # noqa: PTH123, SIM115
        self._answer = b""
        self._status: int | None = None
        self._connection = socket.socket(socket.AF_UNIX)
        try:
            self._connection.connect(address)
            with errors.open("wb") as stderr, open(os.devnull) as stdin:  # noqa: PTH123
                files = [stdin.fileno(), writing, stderr.fileno()]
                socket.send_fds(self._connection, [f"{json.dumps(arguments)}\n".encode()], files)
            self.pid = self._read_pid()
        except OSError:
            self._connection.close()
            self.stdout.close()
            raise
        finally:
            os.close(writing)

    def poll(self) -> int | None:
        """Return the exit status, or None while the process runs."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self._status

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit status once the process has ended. Raises TimeoutExpired."""
        end = None if timeout is None else time.monotonic() + timeout
        while self._status is None:
            left = None if end is None else max(0.0, end - time.monotonic())
            if not select.select([self._connection], [], [], left)[0]:
                raise subprocess.TimeoutExpired("a forked process", timeout or 0)
            if not self._receive():
                self._status = int(self._answer or KILLED)
                self._connection.close()
        return self._status

    def stop(self) -> None:
        """Ask the process to end."""
        if self._status is None:
            with suppress(OSError):
                self._connection.shutdown(socket.SHUT_WR)

    def kill(self) -> None:
        """Kill the process at once."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.wait()

    def _read_pid(self) -> int:
        while b"\n" not in self._answer:
            if not self._receive():
                raise ConnectionError("the server of forks ended")
        line, _, self._answer = self._answer.partition(b"\n")
        return int(line)

    def _receive(self) -> bool:
        try:
            received = self._connection.recv(READ_BYTES)
        except ConnectionResetError:
            received = b""
        self._answer += received
        return bool(received)
