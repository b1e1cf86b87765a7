"""The sites of a deviant, in a process of their own that begins where the imports are over.

Starting Python and importing the sites takes a second, and a deviant lives for two or three: one
server process for each worker imports them once and is forked for each deviant.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from checkout_conformance.processes.mock_stack import START_SECONDS, MockStack, StackError, stack_in
from checkout_conformance.project import content_package

# The content serves its own sites with a deviant among them.
SERVE = content_package("deviants.serve")


@contextmanager
def running_deviant(name: str, folder: Path) -> Iterator[MockStack]:
    """Serve the mock sites with that deviant among them while the block runs.

    Their data and complaints go into ``folder``. Raises StackError if they do not start.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([SERVE, "checkout_conformance.deviants.stack"])
    ours, theirs = context.Pipe()
    process = context.Process(target=serve_to, args=(name, folder, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield _stack(name, ours, folder / "stderr.txt")
    finally:
        # Its data is thrown away with it, so nothing needs to be put in order.
        process.kill()
        process.join()
        process.close()
        ours.close()


def serve_to(name: str, folder: Path, asker: Connection) -> None:
    """In the new process: serve, tell the asker where, and end when the asker is gone."""
    serve = import_module(SERVE).serve
    complaints = os.open(folder / "stderr.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(complaints, 2)
    threading.Thread(target=_end_with, args=(asker,), daemon=True).start()
    data = str(folder / "data")
    with redirect_stdout(_Line(asker)):
        serve(name, ["--json", "--port-base", "0", "--data", data, "--controls"])


class _Line:
    """Standard output, as far as the one line of JSON needs it."""

    def __init__(self, asker: Connection) -> None:
        self._asker = asker

    def write(self, text: str) -> int:
        """Send on what is printed."""
        if text.strip():
            self._asker.send(text)
        return len(text)

    def flush(self) -> None:
        """Everything is sent at once."""


def _end_with(asker: Connection) -> None:
    try:
        asker.recv()
    except (EOFError, OSError):
        os._exit(0)


def _stack(name: str, line: Connection, complaints: Path) -> MockStack:
    try:
        if line.poll(START_SECONDS):
            return stack_in(line.recv())
    except EOFError:
        pass
    said = complaints.read_text(encoding="utf-8") if complaints.exists() else ""
    raise StackError(f"the deviant {name} did not start. It said:\n{said[-4000:] or '(nothing)'}")
