"""Waits for the signal that ends a process: Ctrl+C or SIGTERM."""

from __future__ import annotations

import signal
from socket import socketpair

STOPPING = (signal.SIGINT, signal.SIGTERM)


class StopSignal:
    """Notes SIGINT and SIGTERM from the moment it is made. Make it in the main thread.

    Python runs a signal's handler only between two instructions of the main thread. One that comes
    just before that thread falls asleep, or to another thread, would not wake it. So the
    interpreter itself writes each signal's number into a socket, and ``wait`` reads it there.
    """

    def __init__(self) -> None:
        self._received, self._told = socketpair()
        self._told.setblocking(False)
        signal.set_wakeup_fd(self._told.fileno())
        for number in STOPPING:
            # With the default handler the process would end at once.
            signal.signal(number, lambda *_: None)

    def fileno(self) -> int:
        """Return what becomes readable when a signal has come."""
        return self._received.fileno()

    def wait(self) -> int:
        """Return the number of the first signal, once there is one."""
        while (number := self._received.recv(1)[0]) not in STOPPING:
            pass
        return number
