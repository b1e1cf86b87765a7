"""The log of what merchants were told: each notification, its tries, and sending one again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from ...shared.messaging.repeats import Reply
from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ...shared.values.refusal import NotFound, Refusal
from ..notification_store import NotificationRow, ReplayRow, TryRow
from ..store import BillRow, BillStatus, MerchantRow
from .notifications import bill_in

MOST_LISTED = 50
# Each is kept and sent. A shop that misses 50 has a fault that no further one mends.
MOST_REPLAYS = 50


class Outcome(StrEnum):
    """What has become of a notification. ENDED: it was not acknowledged in its time."""

    ACKNOWLEDGED = "acknowledged"
    WAITING = "waiting"
    ENDED = "ended"


def outcome_named(name: str) -> Outcome:
    """The outcome of that name. Raises Refusal ``outcome.unknown``."""
    try:
        return Outcome(name)
    except ValueError:
        raise Refusal("outcome.unknown", "outcome") from None


OF_OUTCOME: dict[Outcome, ColumnElement[bool]] = {
    Outcome.ACKNOWLEDGED: NotificationRow.delivered_at.is_not(None),
    Outcome.WAITING: NotificationRow.delivered_at.is_(None) & NotificationRow.due_at.is_not(None),
    Outcome.ENDED: NotificationRow.delivered_at.is_(None) & NotificationRow.due_at.is_(None),
}


@dataclass(frozen=True)
class LoggedNotification:
    """A notification as its merchant sees it; ``next_at`` is when it is tried next."""

    uid: str
    bill_id: str
    state: BillStatus
    created_at: datetime
    outcome: Outcome
    next_at: datetime | None
    tries: tuple[TryRow, ...]


class NotificationLog:
    """The notifications of all merchants; each sees its own."""

    def __init__(self, database: Database, clock: Clock, wake_sender: Callable[[], None]) -> None:
        self.database = database
        self.clock = clock
        self._wake_sender = wake_sender

    def of(
        self, merchant: MerchantRow, bill_id: str | None = None, outcome: Outcome | None = None
    ) -> list[LoggedNotification]:
        """The merchant's newest notifications, 50 at most: of one bill, or of one outcome."""
        wanted = _of_merchant(merchant)
        if bill_id is not None:
            wanted = wanted.where(BillRow.bill_id == bill_id)
        if outcome is not None:
            wanted = wanted.where(OF_OUTCOME[outcome])
        wanted = wanted.order_by(NotificationRow.created_at.desc(), NotificationRow.bill_uid)
        with self.database.reading() as session:
            return _logged(session, session.execute(wanted.limit(MOST_LISTED)).all())

    def send_again(self, merchant: MerchantRow, bill_id: str, replay_id: str) -> LoggedNotification:
        """Send the notification of a bill once more; under a used ``replay_id`` nothing is sent.

        It goes to the address that the merchant has now. If it was not acknowledged before, its
        schedule goes on after it. Raises NotFound if the merchant has no such notification,
        Refusal ``notification.no-address`` if it has no address to be told at, and Refusal
        ``notification.too-many-replays`` after 50 of one notification.
        """
        with self.database.transaction() as session:
            found = session.execute(
                _of_merchant(merchant).where(BillRow.bill_id == bill_id)
            ).one_or_none()
            if found is None:
                raise NotFound(bill_id)
            notification, _ = found
            if all(each.replay_id != replay_id for each in notification.replays):
                self._ask_for(merchant, notification, replay_id)
            [logged] = _logged(session, [found])
        self._wake_sender()
        return logged

    def _ask_for(
        self, merchant: MerchantRow, notification: NotificationRow, replay_id: str
    ) -> None:
        if merchant.notification_url is None:
            raise Refusal("notification.no-address")
        if len(notification.replays) >= MOST_REPLAYS:
            raise Refusal("notification.too-many-replays", most=MOST_REPLAYS)
        now = self.clock.now()
        notification.replays.append(ReplayRow(replay_id=replay_id, asked_at=now))
        notification.url, notification.due_at = merchant.notification_url, now


def keep_try(session: Session, tried: NotificationRow, reply: Reply, now: datetime) -> bool:
    """Keep the result of a try; whether there is another replay to send.

    ``tried`` is the notification as it was read before the try: a replay that was asked for since
    is not in it.
    """
    replay = tried.replay
    entry = TryRow(
        bill_uid=tried.bill_uid,
        replay_id=None if replay is None else replay.replay_id,
        at=now,
        took_ms=round(reply.took / timedelta(milliseconds=1)),
        acknowledged=reply.acknowledged,
        status=reply.status,
        failure=reply.failure,
    )
    session.add(entry)
    if replay is not None:
        key = {"bill_uid": tried.bill_uid, "replay_id": replay.replay_id}
        session.get_one(ReplayRow, key).sent_at = now
    return session.get_one(NotificationRow, tried.bill_uid).replay is not None


def _of_merchant(merchant: MerchantRow) -> Select[NotificationRow, str]:
    wanted = select(NotificationRow, BillRow.bill_id).join(BillRow)
    return wanted.where(BillRow.site_id == merchant.site_id)


def _logged(
    session: Session, found: Sequence[Row[NotificationRow, str]]
) -> list[LoggedNotification]:
    tries = defaultdict(list)
    of_these = TryRow.bill_uid.in_([row.bill_uid for row, _ in found])
    for each in session.scalars(select(TryRow).where(of_these).order_by(TryRow.id)):
        tries[each.bill_uid].append(each)
    return [
        LoggedNotification(
            uid=row.bill_uid,
            bill_id=bill_id,
            state=BillStatus(bill_in(row)["status"]["value"]),
            created_at=row.created_at,
            outcome=_outcome(row),
            next_at=row.due_at,
            tries=tuple(tries[row.bill_uid]),
        )
        for row, bill_id in found
    ]


def _outcome(row: NotificationRow) -> Outcome:
    if row.delivered_at is not None:
        return Outcome.ACKNOWLEDGED
    return Outcome.WAITING if row.due_at is not None else Outcome.ENDED
