"""A scenario's turn: whoever measures lets one harness run a scenario, then another one.

The environment says on which port turns are given (``benchmarks.measurement.turns``); without it,
it is always one's turn.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

PORT = "WALK_TURNS"
GO, DONE = b"g", b"d"


@contextmanager
def turn() -> Iterator[None]:
    """Wait for the turn, and give it back after the block. Raises EOFError if none are left."""
    line = _line()
    if line is None:
        yield
        return
    if line.recv(1) != GO:
        raise EOFError("no more turns")
    yield
    line.sendall(DONE)


@cache
def _line() -> socket.socket | None:
    port = os.environ.get(PORT)
    return socket.create_connection(("127.0.0.1", int(port))) if port else None
