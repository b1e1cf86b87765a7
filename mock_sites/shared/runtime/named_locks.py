"""Locks by name among all processes that serve a site."""

from __future__ import annotations

import logging
from contextlib import suppress
from threading import Lock

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from .database import Database
from .postgresql import lock_number

log = logging.getLogger(__name__)

TAKE = text("SELECT pg_try_advisory_lock(:number)")
GIVE_BACK = text("SELECT pg_advisory_unlock(:number)")
GIVE_ALL_BACK = text("SELECT pg_advisory_unlock_all()")


class NamedLocks:
    """Locks that are never waited for: if another caller has one, try again later.

    With PostgreSQL a connection of its own holds them, so those of a process that dies are free
    at once. With SQLite there is only one process.
    """

    def __init__(self, database: Database) -> None:
        self._engine: Engine | None = database.engine if database.is_shared else None
        # All schemas of a database share its advisory locks.
        self._prefix = f"{database.schema}: " if database.schema else ""
        self._guard = Lock()
        self._held: set[str] = set()
        self._connection: Connection | None = None

    def take(self, name: str) -> bool:
        """Take a lock; whether nobody had it."""
        with self._guard:
            if name in self._held or not self._take_from_others(name):
                return False
            self._held.add(name)
            return True

    def give_back(self, name: str) -> None:
        """Release a lock that was taken; a lost connection has released it already.

        Raises nothing: it is called while another error may be on its way.
        """
        with self._guard:
            self._held.discard(name)
            if self._connection is None:
                return
            try:
                self._connection.execute(GIVE_BACK, {"number": self._number(name)})
            except SQLAlchemyError:
                log.exception("a lock was not given back; its connection is given up")
                # The server releases the locks of a connection that ends.
                self._connection.invalidate()

    def held(self) -> list[str]:
        """The locks that this process holds."""
        with self._guard:
            return list(self._held)

    def close(self) -> None:
        """Release all locks, and close the connection."""
        with self._guard:
            self._held.clear()
            if self._connection is None:
                return
            # The server notices only some time later that a connection has ended.
            with suppress(SQLAlchemyError):
                self._connection.execute(GIVE_ALL_BACK)
            self._connection.close()
            self._connection = None

    def _take_from_others(self, name: str) -> bool:
        if self._engine is None:
            return True
        if self._connection is None or self._connection.invalidated:
            alone = self._engine.execution_options(isolation_level="AUTOCOMMIT")
            self._connection = alone.connect()
        return bool(self._connection.scalar(TAKE, {"number": self._number(name)}))

    def _number(self, name: str) -> int:
        return lock_number(self._prefix + name)
