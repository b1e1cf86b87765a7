"""Notifications to other sites: repeated until they are acknowledged or a day has passed.

Each address has a queue of its own: one that hangs holds up nobody else's. They go wrong on
purpose if a test has set a fault (``faults.py``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Generic, TypeVar

from sqlalchemy import String, bindparam, func, inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from ..controls.faults import About, Fault, Faults, Kind, Place
from ..runtime.clock import Clock
from ..runtime.database import Database, UtcDateTime
from ..runtime.worker import Worker
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
        due = select(row).where(row.due_at <= bindparam("now"), is_free)
        self._due_rows = due.order_by(row.due_at, row.created_at)
        self._next_due = select(func.min(row.due_at)).where(is_free)
        self._overtaken: list[Any] = []
        self._lock = Lock()
        # The addresses that are being sent to.
        self._busy: set[str] = set()
        self._pool: ThreadPoolExecutor | None = None
        self._wake: Callable[[], None] = lambda: None
        self._finishing = False

    def use_threads(self, wake: Callable[[], None]) -> None:
        """From now on, send to several addresses at a time; ``wake`` is called after each."""
        self._wake = wake
        self._pool = ThreadPoolExecutor(MOST_AT_ONCE, "notifications")

    def finish(self) -> None:
        """Begin with no more notifications, and wait for those that are under way."""
        self._finishing = True
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def send_due(self) -> timedelta | None:
        """Try every notification that is due; how long until the next one is, if any is left.

        An address that is still being sent to is left alone until then.
        """
        for url, due in self._due().items():
            with self._lock:
                self._busy.add(url)
            if self._pool is None:
                self._send_all(url, due)
            else:
                self._pool.submit(self._send_in_thread, url, due)
        return self._until_next()

    def _send_in_thread(self, url: str, due: Sequence[Row]) -> None:
        try:
            self._send_all(url, due)
        except Exception:
            log.exception("notifications failed and will be tried again")

    def _send_all(self, url: str, due: Sequence[Row]) -> None:
        try:
            for notification in due:
                if not self._finishing:
                    self._send(notification)
        except Exception:
            # Whatever it is, it is not asked for again at once.
            for notification in due:
                self._set_due(inspect(notification).identity, INTERVALS[0])
            raise
        finally:
            with self._lock:
                self._busy.discard(url)
            self._wake()

    def _send(self, notification: Row) -> None:
        about = About(said=notification.body, merchant=self._merchant_of(notification))
        fault = self._faults.strike(Place.NOTIFICATION, about)
        if not self._put_off(notification, fault):
            self._try(notification, fault)

    def _try(self, notification: Row, fault: Fault | None) -> None:
        kind = None if fault is None else fault.kind
        if kind == Kind.TWICE:
            self._post(notification, False)
        lost = kind == Kind.LOST
        forged = kind == Kind.WRONG_SIGNATURE
        reply = Reply(False, failure="lost") if lost else self._post(notification, forged)
        self._note(notification, reply)
        if reply.acknowledged:
            self._let_overtaken_follow()

    def _put_off(self, notification: Row, fault: Fault | None) -> bool:
        identity = inspect(notification).identity
        if fault is not None and fault.kind == Kind.LATE:
            self._set_due(identity, timedelta(seconds=fault.seconds))
            return True
        if fault is not None and fault.kind == Kind.OUT_OF_ORDER:
            with self._lock:
                self._overtaken.append(identity)
            self._set_due(identity, OVERTAKEN_AFTER)
            return True
        return False

    def _let_overtaken_follow(self) -> None:
        with self._lock:
            overtaken, self._overtaken = self._overtaken, []
        for identity in overtaken:
            self._set_due(identity, timedelta())

    def _set_due(self, identity: Any, wait: timedelta) -> None:
        with self._database.transaction() as session:
            notification = session.get_one(self._row, identity)
            # Otherwise it was acknowledged meanwhile, or its time is over.
            if notification.due_at is not None:
                notification.due_at = self._clock.now() + wait

    def _due(self) -> dict[str, list[Row]]:
        """List the notifications that are due, by address, oldest first."""
        by_address: dict[str, list[Row]] = {}
        now_and_busy = {"now": self._clock.now(), "busy": self._busy_now()}
        with self._database.reading() as session:
            for row in session.scalars(self._due_rows, now_and_busy):
                by_address.setdefault(row.url, []).append(row)
        return by_address

    def _busy_now(self) -> list[str]:
        with self._lock:
            return list(self._busy)

    def _note(self, tried: Row, reply: Reply) -> None:
        now, schedule = self._clock.now(), self._schedule_of(tried)
        with self._database.transaction() as session:
            kept = session.get_one(self._row, inspect(tried).identity)
            kept.tries += 1
            kept.due_at = self._next_try(kept, reply, schedule, now)
            if reply.acknowledged and kept.delivered_at is None:
                kept.delivered_at = now
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

    def _until_next(self) -> timedelta | None:
        with self._database.reading() as session:
            due_at = session.scalar(self._next_due, {"busy": self._busy_now()})
        return None if due_at is None else due_at - self._clock.now()


class NotificationSender(Worker):
    """The background job that sends a site's notifications, to several addresses at a time."""

    def __init__(self, name: str, queue: NotificationQueue[Any]) -> None:
        super().__init__(name, queue.send_due)
        self._queue = queue

    def start(self) -> None:
        """Begin, in threads of its own."""
        self._queue.use_threads(self.wake)
        super().start()

    def stop(self) -> None:
        """End after what is being sent now."""
        super().stop()
        self._queue.finish()
