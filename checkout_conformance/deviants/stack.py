"""The mock sites with a deviant or a twin among them, in a forked process.

Starting Python and importing the sites takes a second, and a deviant runs for two or three. So
each worker has one fork server that imports the sites once and is forked for each deviant. This is
the only other way to start the sites besides ``processes/mock_stack.py``.
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

# The content serves its own sites with a deviant or a twin among them.
SERVE = content_package("deviants.serve")
TWINS = content_package("twins.serve")


@contextmanager
def running_deviant(name: str, folder: Path, serve: str = SERVE) -> Iterator[MockStack]:
    """Serve the mock sites with that deviant among them while the block runs.

    ``serve`` is the module that serves it (``TWINS`` for a twin). The data and standard error of
    the sites go into ``folder``. Raises StackError if they do not start.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([serve, "checkout_conformance.deviants.stack"])
    ours, theirs = context.Pipe()
    process = context.Process(target=serve_to, args=(serve, name, folder, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield _stack(name, ours, folder / "stderr.txt")
    finally:
        # Its data is deleted afterwards, so it can be killed.
        process.kill()
        process.join()
        process.close()
        ours.close()


def serve_to(module: str, name: str, folder: Path, parent: Connection) -> None:
    """Serve in the new process, send the JSON line to ``parent``, and end with the parent."""
    serve = import_module(module).serve
    errors = os.open(folder / "stderr.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(errors, 2)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    data = str(folder / "data")
    with redirect_stdout(_Line(parent)):
        serve(name, ["--json", "--port-base", "0", "--data", data, "--controls"])


class _Line:
    """A standard output that sends the JSON line to the parent."""

    def __init__(self, parent: Connection) -> None:
        self._parent = parent

    def write(self, text: str) -> int:
        """Send the text to the parent."""
        if text.strip():
            self._parent.send(text)
        return len(text)

    def flush(self) -> None:
        """Do nothing: texts are sent at once."""


def _end_with(parent: Connection) -> None:
    try:
        parent.recv()
    except (EOFError, OSError):
        os._exit(0)


def _stack(name: str, line: Connection, errors: Path) -> MockStack:
    try:
        if line.poll(START_SECONDS):
            return stack_in(line.recv())
    except EOFError:
        pass
    said = errors.read_text(encoding="utf-8") if errors.exists() else ""
    raise StackError(f"{name} did not start. Its output:\n{said[-4000:] or '(none)'}")
