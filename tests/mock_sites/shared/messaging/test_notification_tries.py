"""What is counted and kept as a try of a notification."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from mock_sites.shared.controls.faults import Faults, Kind, NewFault, Place
from mock_sites.shared.messaging.notification_queue import NotificationMixin, NotificationQueue
from mock_sites.shared.messaging.repeats import Reply
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.database import Database

SHOP = "shop"


class Base(DeclarativeBase):
    """One table."""


class NotificationRow(NotificationMixin, Base):
    """A notification."""

    __tablename__ = "deliveries"

    id: Mapped[int] = mapped_column(primary_key=True)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(f"sqlite:///{tmp_path}/notifications.sqlite3", Base)) as database:
        yield database


def test_a_notification_that_comes_twice_is_tried_twice(database: Database) -> None:
    clock, faults, kept = Clock(), Faults(), list[Reply]()
    replies = [Reply(False, status=500), Reply(True, status=200)]

    def keep(_session: Session, _tried: NotificationRow, reply: Reply, _now: datetime) -> bool:
        kept.append(reply)
        return False

    def post(_notification: NotificationRow, _forged: bool) -> Reply:
        return replies[len(kept)]

    now = clock.now()
    with database.transaction() as session:
        session.add(NotificationRow(body="", url="http://one.test/", created_at=now, due_at=now))
    faults.set(NewFault(place=Place.NOTIFICATION, kind=Kind.TWICE, merchant=SHOP))
    queue = NotificationQueue(
        *(database, clock, NotificationRow, post, faults), lambda _row: SHOP, keep_try=keep
    )

    assert queue.send_due() is None
    assert kept == replies
    with database.reading() as session:
        assert session.scalars(select(NotificationRow.tries)).all() == [2]
