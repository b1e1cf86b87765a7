"""The phone's inbox (W1.6, W2.6: the message with the code arrives here)."""

from __future__ import annotations

from sqlalchemy import select

from mock_sites.clock import Clock
from mock_sites.database import Database
from mock_sites.phone.store import Message

SHOWN = 50


class Inbox:
    """The messages of every phone number."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def receive(self, phone: str, sender: str, text: str) -> None:
        """A message has arrived for ``phone`` (E.164)."""
        message = Message(phone=phone, sender=sender, text=text, at=self._clock.now())
        with self._database.transaction() as session:
            session.add(message)

    def messages(self, phone: str) -> list[Message]:
        """The newest messages of that phone, newest first."""
        own = select(Message).where(Message.phone == phone)
        with self._database.transaction() as session:
            return list(session.scalars(own.order_by(Message.id.desc()).limit(SHOWN)))
