"""Notifications to other sites: repeated until they are acknowledged or a day has passed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import String, func, inspect, select
from sqlalchemy.orm import Mapped, mapped_column

from mock_sites.clock import Clock
from mock_sites.database import Database, UtcDateTime

# The waits between one try and the next; the last one repeats until the day is over.
INTERVALS = [timedelta(seconds=s) for s in (5, 15, 60, 300, 900, 1800, 3600)]
GIVE_UP_AFTER = timedelta(hours=24)


class DeliveryRow:
    """A notification that has not been acknowledged yet; ``due_at`` is when to try next."""

    body: Mapped[str]
    url: Mapped[str] = mapped_column(String(2000))
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


Row = TypeVar("Row", bound=DeliveryRow)


class Deliveries(Generic[Row]):
    """The notifications of a site; ``post`` sends one, and is true where it was acknowledged."""

    def __init__(
        self, database: Database, clock: Clock, row: type[Row], post: Callable[[Row], bool]
    ) -> None:
        self._database = database
        self._clock = clock
        self._row = row
        self._post = post

    def deliver_due(self) -> timedelta | None:
        """Try every notification that is due; how long until the next one is, if any is left."""
        for delivery in self._due():
            self._note(inspect(delivery).identity, acknowledged=self._post(delivery))
        return self._until_next()

    def _due(self) -> list[Row]:
        with self._database.transaction() as session:
            due = select(self._row).where(self._row.due_at <= self._clock.now())
            return list(session.scalars(due.order_by(self._row.due_at, self._row.created_at)))

    def _note(self, identity: Any, acknowledged: bool) -> None:
        now = self._clock.now()
        with self._database.transaction() as session:
            delivery = session.get_one(self._row, identity)
            delivery.tries += 1
            if acknowledged:
                delivery.delivered_at, delivery.due_at = now, None
                return
            wait = INTERVALS[min(delivery.tries, len(INTERVALS)) - 1]
            in_time = now + wait <= delivery.created_at + GIVE_UP_AFTER
            delivery.due_at = now + wait if in_time else None

    def _until_next(self) -> timedelta | None:
        with self._database.transaction() as session:
            due_at = session.scalar(select(func.min(self._row.due_at)))
        return None if due_at is None else due_at - self._clock.now()
