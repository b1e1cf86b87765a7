"""The rows of what merchants are told: notifications, their tries, and their replays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..shared.messaging.notification_queue import NotificationMixin
from .store import Base


class NotificationRow(NotificationMixin, Base):
    """A notification of a paid bill to its merchant."""

    __tablename__ = "deliveries"

    bill_uid: Mapped[str] = mapped_column(ForeignKey("bills.uid"), primary_key=True)
    # Of an earlier version: a notification is signed when it is sent.
    signature: Mapped[str] = mapped_column(String(64), default="")
    replays: Mapped[list[ReplayRow]] = relationship(lazy="selectin", order_by="ReplayRow.asked_at")

    @property
    def replay(self) -> ReplayRow | None:
        """The oldest replay that is asked for and not sent yet."""
        return next((each for each in self.replays if each.sent_at is None), None)


class ReplayRow(Base):
    """A merchant's wish to be sent a notification again; it is sent once under one id."""

    __tablename__ = "notification_replays"

    bill_uid: Mapped[str] = mapped_column(ForeignKey("deliveries.bill_uid"), primary_key=True)
    replay_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    asked_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class TryRow(Base):
    """One try of a notification, and the answer: a status, or a word for why there is none."""

    __tablename__ = "notification_tries"

    id: Mapped[int] = mapped_column(primary_key=True)
    bill_uid: Mapped[str] = mapped_column(ForeignKey("deliveries.bill_uid"), index=True)
    # None: a try of the schedule.
    replay_id: Mapped[str | None] = mapped_column(String(200))
    at: Mapped[datetime]
    took_ms: Mapped[int]
    acknowledged: Mapped[bool]
    status: Mapped[int | None]
    failure: Mapped[str] = mapped_column(String(40))
