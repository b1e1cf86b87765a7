"""A site's database: one engine, and transactions that either happen wholly or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

LOCK_WAIT_SECONDS = 30
# The execution option that says how SQLite opens a transaction.
BEGIN = "sqlite_begin"


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite keeps no time zone, so it is taken off and put back here."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC without its zone."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


class Database:
    """Opens a site's tables and hands out transactions on them."""

    def __init__(self, url: str, tables: type[DeclarativeBase]) -> None:
        # An error is told without the values of its statement, some of which are keys.
        self.engine = create_engine(url, connect_args=_connect_args(url), hide_parameters=True)
        if self.engine.dialect.name == "sqlite":
            _make_sqlite_strict(self.engine)
        tables.metadata.create_all(self.engine)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        only_reads = self.engine.execution_options(**{BEGIN: "DEFERRED"})
        self._reading_sessions = sessionmaker(only_reads, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits when the block ends and rolls back when it raises."""
        with self._sessions.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads: it sees one moment, and waits for nobody who writes."""
        with self._reading_sessions.begin() as session:
            yield session

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _connect_args(url: str) -> dict[str, Any]:
    return {"timeout": LOCK_WAIT_SECONDS} if url.startswith("sqlite") else {}


def _make_sqlite_strict(engine: Engine) -> None:
    """Enforce foreign keys, and take the write lock when a transaction opens.

    With SQLite's own late locking two transactions could both read a balance before either
    wrote it, and one would fail half way; taking the lock first makes the second one wait. Who
    only reads takes none.
    """

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        kind = connection.get_execution_options().get(BEGIN, "IMMEDIATE")
        connection.exec_driver_sql(f"BEGIN {kind}")
