"""The vault's transactions: each one begins with what the clock has made due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from .issuer import Issuer
from .links import Links
from .notifications import NOTIFICATION_QUEUED
from .returns import Returns


class Upkeep:
    """Opens transactions before which the issuer was asked for every cent that is due.

    So a page right after a step of the clock tells the truth, whether or not the background
    work has come round to it. ``wake_sender`` is called when the shop is to be told something.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        links: Links,
        issuer: Issuer,
        wake_sender: Callable[[], None],
    ) -> None:
        self.database = database
        self.clock = clock
        self._returns = Returns(database, links, issuer, self._change)
        self._wake_sender = wake_sender

    def now(self) -> datetime:
        """The stack's present moment."""
        return self.clock.now()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A transaction that is up to date; its notifications go out once it is committed."""
        self._returns.settle_due(self.now())
        with self._telling() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that reads what is up to date; it waits for nobody unless a hold is due."""
        with self.database.reading() as session:
            is_due = self._returns.is_any_due(session, self.now())
            if not is_due:
                yield session
        if is_due:
            with self.transaction() as session:
                yield session

    def settle_due(self) -> timedelta | None:
        """Ask for the cents that are due; how long until the next one is, if a cent is held."""
        with self.transaction() as session:
            next_due = self._returns.next_due(session)
        return None if next_due is None else next_due - self.now()

    def _change(self, act: Callable[[Session], None]) -> None:
        with self._telling() as session:
            act(session)

    @contextmanager
    def _telling(self) -> Iterator[Session]:
        with self.database.transaction() as session:
            yield session
            is_queued = NOTIFICATION_QUEUED in session.info
        if is_queued:
            self._wake_sender()
