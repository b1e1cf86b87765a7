"""Stand in for a worker of xdist that a server has forked (``worker_forks.py``).

``python forked_worker.py ADDRESS OPTIONS…`` gives its standard files to the fork, and ends with its
exit status. If there is no server, it becomes the worker: ``python OPTIONS…``. Standard library
only: this starts for each worker.
"""

from __future__ import annotations

import os
import signal
import socket
import sys


def stand_in(address: str) -> int | None:
    """Call for a fork and wait for its end; its exit status, or None if there is none."""
    # Ctrl-C reaches the fork as well, which says how it ended.
    interrupted = signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(address)
            socket.send_fds(connection, [b"[]\n"], [0, 1, 2])
            answer = connection.recv(1024)
        except OSError:
            answer = b""
        if not answer:
            signal.signal(signal.SIGINT, interrupted)
            return None
        # The pipes are to end with the fork.
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        while more := connection.recv(1024):
            answer += more
    _, _, status = answer.partition(b"\n")
    # A fork that was killed says nothing.
    return int(status or 1)


if __name__ == "__main__":
    status = stand_in(sys.argv[1])
    if status is None:
        os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
    sys.exit(status)
