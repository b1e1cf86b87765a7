"""The phone's inbox (W1.6, W2.6: the message with the code arrives here)."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..shared.controls.faults import About, Faults, Kind, Place
from ..shared.runtime.clock import Clock
from ..shared.runtime.database import Database
from ..shared.values.published_refusals import of_phone
from .store import MessageRow

SHOWN = 50


class Inbox:
    """The messages of every phone number, and what goes wrong with them on their way."""

    def __init__(self, database: Database, clock: Clock, faults: Faults) -> None:
        self.database = database
        self._clock = clock
        self._faults = faults

    def receive(self, phone: str, sender: str, text: str) -> None:
        """A message was sent to ``phone`` (E.164); without a fault it arrives at once.

        Raises Refusal ``phone.unreachable`` where the table of refusals says so.
        """
        refusal = of_phone(phone)
        if refusal is not None:
            raise refusal
        message = MessageRow(phone=phone, sender=sender, text=text, at=self._clock.now())
        fault = self._faults.strike(Place.MESSAGE, About(said=phone))
        if fault is None:
            self._arrive(message, followed=True)
        elif fault.kind == Kind.OUT_OF_ORDER:
            message.overtaken = True
            self._arrive(message)
        elif fault.kind == Kind.LATE:
            message.at += timedelta(seconds=fault.seconds)
            self._arrive(message)
        elif fault.kind == Kind.TWICE:
            again = MessageRow(phone=phone, sender=sender, text=text, at=message.at)
            self._arrive(message, again)

    def messages(self, phone: str) -> list[MessageRow]:
        """The newest messages that have arrived at that phone, newest first."""
        own = select(MessageRow).where(
            MessageRow.phone == phone,
            MessageRow.at <= self._clock.now(),
            MessageRow.overtaken.is_(False),
        )
        newest = own.order_by(MessageRow.at.desc(), MessageRow.id.desc()).limit(SHOWN)
        with self.database.reading() as session:
            return list(session.scalars(newest))

    def _arrive(self, *messages: MessageRow, followed: bool = False) -> None:
        """Keep messages; ``followed`` by those of the phone that wait to be overtaken."""
        with self.database.transaction() as session:
            overtaken = self._no_longer_waiting(session, messages[0].phone) if followed else []
            for message in [*messages, *overtaken]:
                # The overtaken ones arrive with the one that overtook them, but after it.
                message.at = max(message.at, messages[0].at)
                session.add(message)
                session.flush()

    def _no_longer_waiting(self, session: Session, phone: str) -> list[MessageRow]:
        """Take out the messages that wait; they get a later place among those of the phone."""
        waiting = MessageRow.phone == phone, MessageRow.overtaken.is_(True)
        rows = session.scalars(select(MessageRow).where(*waiting).order_by(MessageRow.id)).all()
        for row in rows:
            session.delete(row)
        session.flush()
        return [
            MessageRow(phone=row.phone, sender=row.sender, text=row.text, at=row.at) for row in rows
        ]
