"""What a shop was told of an invoice, as the wallet's log has it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

ACKNOWLEDGED = "acknowledged"
# A notification that failed is repeated after five seconds.
LOOKS, SECONDS_BETWEEN_LOOKS = 100, 0.1


@dataclass(frozen=True)
class LoggedAttempt:
    """An attempt: the status of the shop's answer, None if there was none, and its judgement."""

    status: int | None
    acknowledged: bool


@dataclass(frozen=True)
class Logged:
    """A notification: whether the shop has acknowledged it, and each attempt, oldest first.

    ``is_pending``: another attempt is to come.
    """

    invoice: str
    acknowledged: bool
    is_pending: bool
    attempts: tuple[LoggedAttempt, ...]

    @property
    def told(self) -> str:
        """What the log says, for a report."""
        answers = [
            f"{each.status} ({'' if each.acknowledged else 'not '}acknowledged)"
            for each in self.attempts
        ]
        state = ACKNOWLEDGED if self.acknowledged else "not acknowledged"
        return f"{state}; {len(answers)} attempts: {', '.join(answers)}"


TAKEN = LoggedAttempt(HTTPStatus.OK, True)
REFUSED = LoggedAttempt(HTTPStatus.INTERNAL_SERVER_ERROR, False)


def read_log(facts: dict[str, Any]) -> list[Logged]:
    """The notifications in the wallet's answer, newest first."""
    return [_logged(each) for each in facts["notifications"]]


def wait_for_attempts(read: Callable[[], list[Logged]], number: int) -> list[Logged]:
    """Read the log until a notification has so many attempts or more, and no replay is to come.

    Attempts are logged after the answer. Returns what the log says last, at the latest after ten
    seconds.
    """
    for _ in range(LOOKS):
        if _has(logged := read(), number):
            return logged
        threading.Event().wait(SECONDS_BETWEEN_LOOKS)
    return read()


def _has(logged: list[Logged], number: int) -> bool:
    return any(
        len(each.attempts) >= number and not (each.acknowledged and each.is_pending)
        for each in logged
    )


def _logged(facts: dict[str, Any]) -> Logged:
    return Logged(
        invoice=str(facts["bill_id"]),
        acknowledged=facts["outcome"] == ACKNOWLEDGED,
        is_pending=facts["next_at"] is not None,
        attempts=tuple(
            LoggedAttempt(each["status"], bool(each["acknowledged"])) for each in facts["tries"]
        ),
    )
