"""The mock sites with a deviant or a twin among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from checkout_conformance.processes.mock_stack import (
    START_SECONDS,
    MockStack,
    MockStackProcess,
    StackError,
    Start,
    serve_options,
)
from checkout_conformance.processes.supervised import SupervisedProcess


@contextmanager
def running_variant(
    serve: Sequence[str], name: str, folder: Path, start: Start = SupervisedProcess
) -> Iterator[MockStack]:
    """Serve the mock sites with that deviant or twin among them while the block runs.

    ``serve`` is the beginning of the command (``SERVE_DEVIANT`` or ``SERVE_TWIN``), ``start``
    starts it. Data and output go into ``folder``. Raises StackError if the sites do not start.
    """
    command = [*serve, name, *serve_options(folder / "data")]
    try:
        process = MockStackProcess(folder, command, START_SECONDS, start)
    except StackError as error:
        raise StackError(f"{name} did not start: {error}") from None
    try:
        yield process.stack
    finally:
        # Its data is deleted afterwards, so it can be killed.
        process.kill()
