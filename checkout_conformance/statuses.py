"""The exit statuses of every command."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """What a command tells the shell. ``docs/results/statuses.md`` explains each."""

    CONFORMS = 0
    """The target conforms, what was selected passed, all that failed are known deviations, or the
    command did what it was asked."""
    DOES_NOT_CONFORM = 1
    """The target does not conform, something selected failed, or a check found a difference."""
    CANNOT_TELL = 2
    """There is no verdict: evidence is missing, or what the command needs does not work."""
    USAGE = 3
    """An argument, an option or a file of settings is wrong. Nothing was sent."""
    REFUSED = 4
    """Refused for safety: a site is no test instance, or secrets would be recorded."""


# Pytest has statuses of its own, from 0 to 5. With this one a run of ours was refused for safety.
REFUSED_BY_PYTEST = 40
_OF_PYTEST = {
    0: Status.CONFORMS,
    1: Status.DOES_NOT_CONFORM,
    # Interrupted, and an error of pytest's own.
    2: Status.CANNOT_TELL,
    3: Status.CANNOT_TELL,
    4: Status.USAGE,
    # Nothing was collected.
    5: Status.CANNOT_TELL,
    REFUSED_BY_PYTEST: Status.REFUSED,
}


def status_of_pytest(code: int) -> int:
    """Return our status for pytest's exit status; 128 and the number of a signal that ended it."""
    return 128 - code if code < 0 else _OF_PYTEST.get(code, Status.CANNOT_TELL)
