"""Several processes that serve the same sites, and the one that starts and stops them."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from threading import Thread
from time import monotonic

from .stop_signal import StopSignal

# What a request may take until its process is ended without it.
SECONDS_TO_STOP = 15.0

# How often a process is started in the place of one that died.
MOST_STARTS = 5
# One that has served no longer than this died early. After several in a row the next one waits.
EARLY_SECONDS = 10.0
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.1, 5.0

# Serves until the signal comes; calls the function when it has begun.
Serve = Callable[[StopSignal, Callable[[], None]], None]


class StartError(Exception):
    """A process ended before it served. The message says which."""


def reserve(host: str, ports: Mapping[str, int]) -> dict[str, int]:
    """Find the ports for sites that several processes serve; a free one for 0.

    Each process listens there for itself, and the system spreads the connections. The ports
    stay reserved until this process ends. Raises OSError if one is taken.
    """
    with_numbers = {}
    for site, port in ports.items():
        # A port that is listened to already, by another stack too, is taken.
        with socket.create_server((host, port)) as alone:
            number = alone.getsockname()[1]
        reserved = socket.socket()
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        reserved.bind((host, number))
        _RESERVED.append(reserved)
        with_numbers[site] = number
    return with_numbers


_RESERVED: list[socket.socket] = []


def listen_beside(host: str, ports: Mapping[str, int]) -> dict[str, socket.socket]:
    """Listen to ports to which other processes of the stack listen too."""
    return {
        site: socket.create_server((host, port), reuse_port=True) for site, port in ports.items()
    }


class Processes:
    """Keeps ``count`` processes that ``serve``: one that dies is replaced."""

    def __init__(self, count: int, serve: Serve) -> None:
        """Start them. Raises StartError, and then none is left."""
        self._context = get_context("fork")
        self._serve = serve
        self._all: list[ForkProcess] = []
        self._began: dict[int | None, float] = {}
        self._early_deaths = 0
        try:
            for _ in range(count):
                self._all.append(self._start())
        except StartError:
            self._stop()
            raise

    def keep(self, stop: StopSignal, on_death: Callable[[int], None]) -> None:
        """Replace those that die until told to stop; then stop all, gracefully.

        ``on_death`` is called with the id of one that died. While they die early one after
        another, each is replaced a little later. Raises StartError if several times in a row the
        one that takes its place ends before it serves.
        """
        try:
            while True:
                found = wait([stop.fileno(), *(each.sentinel for each in self._all)])
                if stop.fileno() in found:
                    return
                dead = [each for each in self._all if each.sentinel in found]
                for each in dead:
                    on_death(each.pid or 0)
                    self._note_death(each)
                # Nothing is due while the others serve on, so a signal to stop ends the pause.
                if wait([stop.fileno()], pause_after(self._early_deaths)):
                    return
                for _ in dead:
                    self._all.append(self._replacement())
        finally:
            self._stop()

    def _note_death(self, dead: ForkProcess) -> None:
        served = monotonic() - self._began.pop(dead.pid, 0.0)
        self._early_deaths = self._early_deaths + 1 if served < EARLY_SECONDS else 0
        self._all.remove(dead)

    def _replacement(self) -> ForkProcess:
        """Start one more; what killed the one before may also kill this one as it starts."""
        for _ in range(MOST_STARTS - 1):
            with suppress(StartError):
                return self._start()
        return self._start()

    def _start(self) -> ForkProcess:
        began, begin = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_run, args=(self._serve, begin))
        process.start()
        begin.close()
        with began:
            try:
                began.recv_bytes()
            except EOFError:
                process.join()
                raise StartError(f"process {process.pid} ended before it served") from None
        self._began[process.pid] = monotonic()
        return process

    def _stop(self) -> None:
        for each in self._all:
            each.terminate()
        for each in self._all:
            each.join(SECONDS_TO_STOP)
            if each.is_alive():
                each.kill()
                each.join()


def pause_after(early_deaths: int) -> float:
    """How many seconds to wait before the next start, after a number of early deaths in a row.

    Nothing after the first; then 0.1 and twice as much each time, five seconds at most.
    """
    if early_deaths < 2:
        return 0.0
    # Beyond this power of two the longest pause is reached.
    doubled = 1 << min(early_deaths - 2, 6)
    return min(FIRST_PAUSE_SECONDS * doubled, LONGEST_PAUSE_SECONDS)


def _run(serve: Serve, begin: Connection) -> None:
    stop = StopSignal()
    Thread(target=_stop_without_parent, name="parent", daemon=True).start()
    with suppress(KeyboardInterrupt):
        serve(stop, lambda: begin.send_bytes(b"serving"))


def _stop_without_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
