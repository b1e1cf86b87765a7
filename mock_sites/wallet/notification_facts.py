"""The log of a merchant's notifications for programs; the format is in ``protocols.md``."""

from __future__ import annotations

from typing_extensions import TypedDict

from .domain.notification_log import LoggedNotification
from .notification_store import TryRow


class TryFacts(TypedDict):
    """A try: ``status`` of the answer, else ``failure``. ``took_ms`` are milliseconds."""

    at: str
    took_ms: int
    acknowledged: bool
    status: int | None
    failure: str
    replay_id: str | None


class NotificationFacts(TypedDict):
    """A notification, with its tries from the first to the last."""

    id: str
    bill_id: str
    state: str
    created_at: str
    outcome: str
    next_at: str | None
    tries: list[TryFacts]


def notification_facts(logged: LoggedNotification) -> NotificationFacts:
    """The facts of a notification; moments are in UTC."""
    return NotificationFacts(
        id=logged.uid,
        bill_id=logged.bill_id,
        state=logged.state,
        created_at=logged.created_at.isoformat(),
        outcome=logged.outcome,
        next_at=None if logged.next_at is None else logged.next_at.isoformat(),
        tries=[_try_facts(each) for each in logged.tries],
    )


def _try_facts(each: TryRow) -> TryFacts:
    return TryFacts(
        at=each.at.isoformat(),
        took_ms=each.took_ms,
        acknowledged=each.acknowledged,
        status=each.status,
        failure=each.failure,
        replay_id=each.replay_id,
    )
