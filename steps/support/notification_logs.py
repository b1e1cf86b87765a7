"""What a shop was told of an invoice, as the wallet's log has it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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

    def is_at_rest_after(self, answers: Sequence[int]) -> bool:
        """Whether these are its attempts, and none that was asked for is to come."""
        shown = [each.status for each in self.attempts]
        return shown == list(answers) and not (self.acknowledged and self.is_pending)

    @property
    def told(self) -> str:
        """What the log says, for a report."""
        answers = [
            f"{each.status} ({'' if each.acknowledged else 'not '}acknowledged)"
            for each in self.attempts
        ]
        state = ACKNOWLEDGED if self.acknowledged else "not acknowledged"
        return f"{state}; {len(answers)} attempts: {', '.join(answers)}"


def read_log(facts: dict[str, Any]) -> list[Logged]:
    """The notifications in the wallet's answer, newest first."""
    return [_logged(each) for each in facts["notifications"]]


def wait_for_answers(
    read: Callable[[], list[Logged]], answers: Callable[[], Sequence[int]], least: int
) -> tuple[list[Logged], list[int]]:
    """Read the log until its one notification has the attempts that were answered so.

    ``least`` is how many there are to be. Attempts are logged after the answer. Returns what the
    log says last, at the latest after ten seconds, and the answers up to then.
    """
    for _ in range(LOOKS):
        logged, answered = read(), list(answers())
        if len(answered) >= least and [each.is_at_rest_after(answered) for each in logged] == [
            True
        ]:
            return logged, answered
        threading.Event().wait(SECONDS_BETWEEN_LOOKS)
    return read(), list(answers())


def _logged(facts: dict[str, Any]) -> Logged:
    return Logged(
        invoice=str(facts["bill_id"]),
        acknowledged=facts["outcome"] == ACKNOWLEDGED,
        is_pending=facts["next_at"] is not None,
        attempts=tuple(
            LoggedAttempt(each["status"], bool(each["acknowledged"])) for each in facts["tries"]
        ),
    )
