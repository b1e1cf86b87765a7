"""Fork a process for each call of a function, so that its imports are paid for once.

``python -m checkout_conformance.processes.forking SOCKET MODULE`` imports MODULE, calls its
``prepare()`` and serves SOCKET, the file descriptor of a listening socket. Each connection
(``forked.py`` makes them) is a call: a line of JSON with the arguments, and the standard files of
the new process. The fork answers with its process id, runs ``MODULE.main(arguments)`` and answers
with the exit status. It ends early if the connection does. The server ends with its own standard
input; forks that run then go on.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

STOP_SECONDS = 5.0
ONCE_BYTES = 64 * 1024
Call = Callable[[Sequence[str]], int]


def listen_at(address: str) -> socket.socket:
    """Listen at the path ``address``, which must be in a private folder. Raises OSError."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen()
    return listener


def serve_forks(listener: socket.socket, call: Call, ends: int) -> None:
    """Fork for each connection to ``listener``, until the file descriptor ``ends`` does.

    The process must have no threads. ``call`` runs in the forks only.
    """
    # Not ignored: the kernel would count the processor time of the forks for nobody.
    signal.signal(signal.SIGCHLD, _reap)
    interrupted = signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.collect()
    # The collector would write into, and so copy, the memory that the forks share.
    gc.freeze()
    while True:
        ready, _, _ = select.select([listener.fileno(), ends], [], [])
        if ends in ready:
            return
        connection, _ = listener.accept()
        with connection:
            if os.fork() == 0:
                listener.close()
                os.close(ends)
                signal.signal(signal.SIGINT, interrupted)
                _run(connection, call)


def _reap(*_: object) -> None:
    """Wait for the forks that have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _run(connection: socket.socket, call: Call) -> NoReturn:
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        connection.sendall(f"{os.getpid()}\n".encode())
        arguments = _received(connection)
        # Not the standard input of the process that was forked, which may have read ahead.
        sys.stdin = open(0, closefd=False)  # noqa: SIM115
        threading.Thread(target=_end_with, args=(connection,), daemon=True).start()
        status = call(arguments)
    except SystemExit as exit:
        status = exit.code if isinstance(exit.code, int) else int(exit.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        _end(connection, status)


def _received(connection: socket.socket) -> list[str]:
    """Take the arguments, and the standard files of this process."""
    line, files, _, _ = socket.recv_fds(connection, ONCE_BYTES, 3)
    while not line.endswith(b"\n"):
        more = connection.recv(ONCE_BYTES)
        if not more:
            raise ConnectionError("the caller ended before its call")
        line += more
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    arguments: list[str] = json.loads(line)
    return arguments


def _end_with(connection: socket.socket) -> None:
    """Terminate this process when the other end of the connection is closed."""
    with suppress(OSError):
        while connection.recv(1):
            pass
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(STOP_SECONDS)
    os._exit(1)


def _end(connection: socket.socket, status: int) -> NoReturn:
    """End as Python does, but not through the frames of the process that was forked."""
    with suppress(Exception):
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        for file in (sys.stdout, sys.stderr):
            file.flush()
        connection.sendall(f"{status}\n".encode())
    os._exit(status)


def main(listener: str, module: str) -> int:
    """Serve forks of a process that has imported ``module``; return the exit status."""
    # Nothing of what is imported becomes garbage.
    gc.disable()
    imported = import_module(module)
    imported.prepare()
    gc.enable()
    # A copy: the forks get another standard input.
    serve_forks(socket.socket(fileno=int(listener)), imported.main, os.dup(0))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
