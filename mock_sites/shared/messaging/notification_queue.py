"""Notifications to other sites: repeated until they are acknowledged or a day has passed.

Each address has a queue of its own: one that hangs holds up nobody else's. They go wrong on
purpose if a test has set a fault (``faults.py``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import String, bindparam, func, inspect, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from ..controls.faults import About, Fault, Faults, Kind, Place
from ..runtime.clock import Clock
from ..runtime.database import Database, UtcDateTime
from ..runtime.metrics import METRICS
from ..runtime.named_locks import NamedLocks
from ..runtime.worker import LOOK_AGAIN, LOOK_FOR_LEFT, Worker
from .repeats import GIVE_UP_AFTER, GROWING, INTERVALS, Reply, Schedule

log = logging.getLogger(__name__)

# Addresses that are sent to at one time.
MOST_AT_ONCE = 32
# One that is to be overtaken waits for another one, but not for ever.
OVERTAKEN_AFTER = timedelta(minutes=10)


class NotificationMixin:
    """The columns of a notification; ``due_at`` is when to try next, None when there is no next."""

    body: Mapped[str]
    url: Mapped[str] = mapped_column(String(2000))
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # It waits until another one has been acknowledged.
    overtaken: Mapped[bool] = mapped_column(default=False, index=True)


Row = TypeVar("Row", bound=NotificationMixin)


# Sends one. A forged one carries a signature that does not fit.
Post = Callable[[Row, bool], Reply]
# Keeps the result of a try of the row, as it was read before, in the transaction that counts the
# try; whether the notification was asked for once more meanwhile.
KeepTry = Callable[[Session, Row, Reply, datetime], bool]


class NotificationQueue(Generic[Row]):
    """The notifications of a site, sent by ``post``; ``merchant_of`` tells whom one is for."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        row: type[Row],
        post: Post[Row],
        faults: Faults,
        merchant_of: Callable[[Row], str],
        schedule_of: Callable[[Row], Schedule] = lambda _row: GROWING,
        keep_try: KeepTry[Row] | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._row = row
        self._post = post
        self._faults = faults
        self._merchant_of = merchant_of
        self._schedule_of = schedule_of
        self._keep_try = keep_try
        # Built once: they are asked for before and after each notification.
        is_free = row.url.not_in(bindparam("busy", expanding=True))
        is_due = row.due_at <= bindparam("now")
        urls = select(row.url).where(is_due, is_free).group_by(row.url)
        self._due_urls = urls.order_by(func.min(row.due_at))
        due = select(row).where(is_due, row.url == bindparam("url"))
        self._due_rows = due.order_by(row.due_at, row.created_at)
        self._next_due = select(func.min(row.due_at)).where(is_free)
        # The addresses that are being sent to, by any process.
        self._addresses = NamedLocks(database)
        self._pool: ThreadPoolExecutor | None = None
        self._wake: Callable[[], None] = lambda: None
        # By what name deliveries are counted.
        self._sender = "notifications"
        self._finishing = False

    def use_threads(self, wake: Callable[[], None], sender: str = "notifications") -> None:
        """From now on, send to several addresses at a time; ``wake`` is called after each.

        ``sender`` names the site's job where deliveries are counted.
        """
        self._sender, self._wake = sender, wake
        self._pool = ThreadPoolExecutor(MOST_AT_ONCE, "notifications")

    def finish(self) -> None:
        """Begin with no more notifications, and wait for those that are under way."""
        self._finishing = True
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._addresses.close()

    def send_due(self) -> timedelta | None:
        """Try every notification that is due; how long until the next one is, if any is left.

        An address that is still being sent to is left alone until then.
        """
        elsewhere = []
        for url in self._urls_due():
            if not self._addresses.take(url):
                elsewhere.append(url)
            elif self._pool is None:
                self._send_all(url)
            else:
                self._pool.submit(self._send_in_thread, url)
        return self._until_next(elsewhere)

    def _send_in_thread(self, url: str) -> None:
        try:
            self._send_all(url)
        except Exception:
            log.exception("notifications failed and will be tried again")

    def _send_all(self, url: str) -> None:
        due: Sequence[Row] = ()
        try:
            # Read after the address was taken: another process may have sent some of them.
            due = self._due(url)
            for notification in due:
                if not self._finishing:
                    self._send(notification)
        except Exception:
            # Whatever it is, it is not asked for again at once.
            for notification in due:
                self._set_due(inspect(notification).identity, INTERVALS[0])
            raise
        finally:
            self._addresses.give_back(url)
            self._wake()

    def _send(self, notification: Row) -> None:
        about = About(said=notification.body, merchant=self._merchant_of(notification))
        fault = self._faults.strike(Place.NOTIFICATION, about)
        if not self._put_off(notification, fault):
            self._try(notification, fault)

    def _try(self, notification: Row, fault: Fault | None) -> None:
        kind = None if fault is None else fault.kind
        if kind == Kind.TWICE:
            self._note(notification, self._post(notification, False))
        lost = kind == Kind.LOST
        forged = kind == Kind.WRONG_SIGNATURE
        reply = Reply(False, failure="lost") if lost else self._post(notification, forged)
        self._note(notification, reply)

    def _put_off(self, notification: Row, fault: Fault | None) -> bool:
        identity = inspect(notification).identity
        if fault is not None and fault.kind == Kind.LATE:
            self._set_due(identity, timedelta(seconds=fault.seconds))
            return True
        if fault is not None and fault.kind == Kind.OUT_OF_ORDER:
            self._set_due(identity, OVERTAKEN_AFTER, overtaken=True)
            return True
        return False

    def _set_due(self, identity: Any, wait: timedelta, *, overtaken: bool = False) -> None:
        with self._database.transaction() as session:
            notification = session.get_one(self._row, identity)
            # Otherwise it was acknowledged meanwhile, or its time is over.
            if notification.due_at is not None:
                notification.due_at = self._clock.now() + wait
                notification.overtaken = overtaken

    def _urls_due(self) -> Sequence[str]:
        """List the addresses for which notifications are due and that are not sent to."""
        now_and_busy = {"now": self._clock.now(), "busy": self._addresses.held()}
        with self._database.reading() as session:
            return session.scalars(self._due_urls, now_and_busy).all()

    def _due(self, url: str) -> Sequence[Row]:
        """List the notifications that are due for an address, oldest first."""
        with self._database.reading() as session:
            return session.scalars(self._due_rows, {"now": self._clock.now(), "url": url}).all()

    def _note(self, tried: Row, reply: Reply) -> None:
        METRICS.add_delivery(self._sender, "acknowledged" if reply.acknowledged else "failed")
        now, schedule = self._clock.now(), self._schedule_of(tried)
        with self._database.transaction() as session:
            kept = session.get_one(self._row, inspect(tried).identity)
            kept.tries += 1
            kept.overtaken = False
            kept.due_at = self._next_try(kept, reply, schedule, now)
            if reply.acknowledged:
                kept.delivered_at = kept.delivered_at or now
                self._let_overtaken_follow(session, now)
            if self._keep_try is not None and self._keep_try(session, tried, reply, now):
                kept.due_at = now

    def _next_try(
        self, notification: Row, reply: Reply, schedule: Schedule, now: datetime
    ) -> datetime | None:
        """Return when to try again; None if it is acknowledged, or if its time is over."""
        if reply.acknowledged or reply.gone or notification.delivered_at is not None:
            return None
        due_at = now + max(schedule.wait(notification.tries), reply.wait)
        return due_at if due_at <= notification.created_at + GIVE_UP_AFTER else None

    def _let_overtaken_follow(self, session: Session, now: datetime) -> None:
        waiting = update(self._row).where(self._row.overtaken)
        session.execute(waiting.values(overtaken=False, due_at=now))

    def _until_next(self, elsewhere: Sequence[str]) -> timedelta | None:
        busy = [*self._addresses.held(), *elsewhere]
        with self._database.reading() as session:
            due_at = session.scalar(self._next_due, {"busy": busy})
        until = None if due_at is None else due_at - self._clock.now()
        if not elsewhere:
            return until
        return LOOK_AGAIN if until is None else min(until, LOOK_AGAIN)


class NotificationSender(Worker):
    """The background job that sends a site's notifications, to several addresses at a time."""

    def __init__(self, name: str, queue: NotificationQueue[Any]) -> None:
        super().__init__(name, queue.send_due)
        self._queue = queue

    def start(self) -> None:
        """Begin, in threads of its own."""
        self._queue.use_threads(self.wake, self.name)
        super().start()

    def share(self, _database: Database) -> None:
        """Send beside other processes: each address is sent to by one at a time."""
        self._longest_wait = LOOK_FOR_LEFT

    def stop(self) -> None:
        """End after what is being sent now."""
        super().stop()
        self._queue.finish()
