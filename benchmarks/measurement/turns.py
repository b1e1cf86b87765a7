"""Run the scenarios of several harnesses in turns.

The load of a machine changes within seconds, and a run takes half a minute. All harnesses are
started, and each runs one scenario before any of them runs the next, so they share the same load.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

import psutil

from benchmarks.measurement.command import LAST_OUTPUT, ROOT, Run, RunFailed, own_environment
from benchmarks.peers.turn import DONE, GO, PORT

# A harness starts a browser, and the sites, before or in its first turn.
PATIENCE = 180.0


class SteppedCommand:
    """A command under way that runs one scenario each time it is told to."""

    def __init__(self, process: psutil.Process, line: socket.socket, said: IO[str]) -> None:
        self._process, self._line, self._said = process, line, said

    def take_turn(self) -> Run:
        """Let it run one scenario. Raises RunFailed if it cannot."""
        spent, began = self._spent(), time.monotonic()
        if not self._runs_one():
            raise RunFailed(_last_output(self._said))
        return Run(time.monotonic() - began, self._spent() - spent)

    def _runs_one(self) -> bool:
        try:
            self._line.sendall(GO)
            return self._line.recv(1) == DONE
        except OSError:  # it has gone, or takes too long
            return False

    def _spent(self) -> float:
        """Processor seconds of the command and all that it started, of what has ended too."""
        family = [self._process, *self._process.children(recursive=True)]
        return sum(_seconds(one) for one in family)


@contextmanager
def running_stepwise(command: Sequence[str]) -> Iterator[SteppedCommand]:
    """Have a command under way while the block runs. Raises RunFailed if it takes no turns."""
    with tempfile.TemporaryFile("w+") as said, socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        process = subprocess.Popen(
            # What loses its parent is adopted, and so still counted.
            [sys.executable, "-m", "benchmarks.measurement.reaper", os.devnull, *command],
            cwd=ROOT,
            env={**own_environment(), PORT: port},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        try:
            with _called(listener, process, said) as line:
                yield SteppedCommand(psutil.Process(process.pid), line, said)
        finally:
            _end(process)


def _called(
    listener: socket.socket, process: subprocess.Popen[bytes], said: IO[str]
) -> socket.socket:
    """The line on which a command asks for its turns."""
    listener.settimeout(0.5)
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            line, _ = listener.accept()
        except TimeoutError:
            continue
        line.settimeout(PATIENCE)
        return line
    raise RunFailed(_last_output(said))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let it end by itself after its last turn; it has none to come, or has been cut off."""
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        for one in psutil.Process(process.pid).children(recursive=True):
            one.kill()
        process.kill()
        process.wait()


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return sum((times.user, times.system, times.children_user, times.children_system))


def _last_output(said: IO[str]) -> str:
    said.seek(0)
    return said.read()[-LAST_OUTPUT:] or "it said nothing"
