"""Waits for the signal that ends a process: Ctrl+C or SIGTERM."""

from __future__ import annotations

import signal
from queue import SimpleQueue


class StopSignal:
    """Notes SIGINT and SIGTERM from the moment it is made. Make it in the main thread.

    A signal handler runs between two instructions of the main thread, so it may take no lock that
    ``wait`` holds: with a ``threading.Event`` a signal at the wrong moment blocks both for ever.
    ``SimpleQueue.put`` may be called there.
    """

    def __init__(self) -> None:
        self._received: SimpleQueue[int] = SimpleQueue()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda number, _: self._received.put(number))

    def wait(self) -> int:
        """Return the number of the first signal, once there is one."""
        return self._received.get()
