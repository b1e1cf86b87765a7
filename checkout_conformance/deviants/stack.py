"""The mock sites with a deviant among them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checkout_conformance.processes.mock_stack import (
    SERVE_DEVIANT,
    START_SECONDS,
    MockStack,
    MockStackProcess,
    StackError,
    Start,
    serve_options,
)
from checkout_conformance.processes.supervised import SupervisedProcess


@contextmanager
def running_deviant(
    name: str, folder: Path, start: Start = SupervisedProcess
) -> Iterator[MockStack]:
    """Serve the mock sites with that deviant among them while the block runs.

    Their data and output go into ``folder``; ``start`` starts the command. Raises StackError if
    they do not start.
    """
    command = [*SERVE_DEVIANT, name, *serve_options(folder / "data")]
    try:
        process = MockStackProcess(folder, command, START_SECONDS, start)
    except StackError as error:
        raise StackError(f"the deviant {name} did not start: {error}") from None
    try:
        yield process.stack
    finally:
        # Its data is deleted afterwards, so it can be killed.
        process.kill()
