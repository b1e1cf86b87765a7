"""A site's database: one engine, and transactions that either happen wholly or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from queue import LifoQueue
from typing import Any

from sqlalchemy import (
    DDL,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Index,
    NullPool,
    Table,
    create_engine,
    event,
    inspect,
    text,
)
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from .attempts import note_action, repeatable_attempt
from .postgresql import ACCESS, Access, begin_by_access, creation, is_conflict, quoted

LOCK_WAIT_SECONDS = 30
# At one time; the next caller waits as long as for a lock.
MOST_CONNECTIONS = 15

BEGIN_ANEW = (
    "Put copies of all the sites' databases back; or begin anew: delete them all, since what one"
    " site keeps refers to the others."
)
# What SQLite says, and what helps.
SQLITE_ADVICE = {
    "unable to open": "Its folder must be there, and you must be allowed to write into it.",
    "readonly": "You must be allowed to write into the file and its folder.",
    "read-only": "You must be allowed to write into the file and its folder.",
    "full": "The disk is full: make room.",
    "disk i/o": "Is the disk full, or broken?",
    "locked": "Another program has it open: close that one.",
}


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


def enum_type(members: type[StrEnum], name: str) -> Enum:
    """The column type of a status: text, limited to ``members`` by a constraint called ``name``."""
    return Enum(members, native_enum=False, create_constraint=True, name=name)


def table_of(rows: type[DeclarativeBase]) -> Table:
    """The table of a class of rows, for statements that need no objects."""
    table = rows.__table__
    assert isinstance(table, Table)
    return table


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows of a table that meet ``where``, a condition in SQL.

    An Index with a condition for PostgreSQL would load that dialect with every start.
    """
    index = Index(name, *columns, unique=unique, sqlite_where=text(where))

    @event.listens_for(index, "after_parent_attach")
    def _add_for_postgresql(index: Index, table: Table) -> None:
        kind = "UNIQUE INDEX" if unique else "INDEX"
        create = f"CREATE {kind} {name} ON {table.name} ({', '.join(columns)}) WHERE {where}"
        ddl = DDL(create).execute_if(dialect="postgresql")  # type: ignore[no-untyped-call]
        event.listen(table, "after_create", ddl)

    index.ddl_if(dialect="sqlite")
    return index


class OtherTables(Exception):
    """The database has tables of another version of the site: these columns are missing there."""


def refuse_other_tables(engine: Engine, tables: type[DeclarativeBase]) -> None:
    """Raise OtherTables if a table of the database lacks a column that the site has now."""
    found = inspect(engine)
    for name in set(found.get_table_names()) & tables.metadata.tables.keys():
        there = {column["name"] for column in found.get_columns(name)}
        if missing := set(tables.metadata.tables[name].columns.keys()) - there:
            columns = ", ".join(f"{name}.{column}" for column in sorted(missing))
            raise OtherTables(f"another version of the site made it: there is no {columns}")


class Database:
    """Opens a site's tables and hands out transactions on them."""

    def __init__(self, url: str, tables: type[DeclarativeBase], schema: str = "") -> None:
        """Raise OtherTables for the data of another version.

        ``schema`` is where the tables are in PostgreSQL; SQLite has none.
        """
        self.schema = schema
        self._tables = tables.metadata
        # An error is told without the values of its statement, some of which are keys.
        self.engine = create_engine(
            url, connect_args=_connect_args(url, schema), hide_parameters=True, poolclass=NullPool
        )
        # Several processes may use it at one time.
        self.is_shared = self.engine.dialect.name != "sqlite"
        (begin_by_access if self.is_shared else _make_sqlite_strict)(self.engine)
        with creation(self.engine, schema) if self.is_shared else nullcontext():
            refuse_other_tables(self.engine, tables)
            tables.metadata.create_all(self.engine)
        # Sessions are kept with their connections: a new one costs more than what most ask for.
        self._kept: LifoQueue[Session | None] = LifoQueue()
        for _ in range(MOST_CONNECTIONS):
            self._kept.put(None)
        self._closed = False
        self._being_read: ContextVar[Session | None] = ContextVar("being read", default=None)

    def transaction(self) -> AbstractContextManager[Session]:
        """A session that commits when the block ends and rolls back when it raises."""
        return self._shared_transaction() if self.is_shared else self._session(Access.ALONE)

    def reading(self) -> AbstractContextManager[Session]:
        """A session that only reads: it sees one moment, and waits for nobody who writes.

        What is read within another reading of the same thread sees that one's moment.
        """
        session = self._being_read.get()
        return self._new_reading() if session is None else nullcontext(session)

    @contextmanager
    def _new_reading(self) -> Iterator[Session]:
        with self._session(Access.READING) as session:
            outer = self._being_read.set(session)
            try:
                yield session
            finally:
                self._being_read.reset(outer)

    @contextmanager
    def _shared_transaction(self) -> Iterator[Session]:
        attempt = repeatable_attempt()
        access = Access.ALONE if attempt is None else Access.TOGETHER
        try:
            with self._session(access) as session:
                yield session
        except DBAPIError as error:
            if attempt is not None and is_conflict(error):
                attempt.failed = not attempt.acted
            raise
        note_action()

    @contextmanager
    def _session(self, access: Access) -> Iterator[Session]:
        session = self._kept.get(timeout=LOCK_WAIT_SECONDS)
        try:
            if session is None:
                session = Session(self.engine.connect(), expire_on_commit=False)
            connection = session.get_bind()
            assert isinstance(connection, Connection)
            if connection.get_execution_options().get(ACCESS) != access:
                connection.execution_options(**{ACCESS: access})
            with session.begin():
                yield session
        except DBAPIError as error:
            if error.connection_invalidated:
                _close(session)
                session = None
            raise
        finally:
            self._give_back(session)

    def _give_back(self, session: Session | None) -> None:
        if session is not None:
            session.close()
            session.info.clear()
        if self._closed:
            _close(session)
            session = None
        self._kept.put(session)

    def clear(self) -> None:
        """Remove all rows, also those that the database protects: make the tables anew."""
        with self.transaction() as session:
            self._tables.drop_all(session.connection())
            self._tables.create_all(session.connection())

    def close(self) -> None:
        """Close every connection; one that is in use is closed when it is given back."""
        self._closed = True
        for _ in range(self._kept.qsize()):
            _close(self._kept.get())
            self._kept.put(None)


def only_reads(session: Session) -> bool:
    """Whether a session only reads: it holds no row for an update."""
    return _is_for_reading(session.get_bind())


def _close(session: Session | None) -> None:
    if session is not None:
        connection = session.get_bind()
        assert isinstance(connection, Connection)
        connection.close()


def advice_on(error: Exception) -> str:
    """Advise what to do about a database that cannot be opened."""
    if isinstance(error, OtherTables):
        return BEGIN_ANEW
    told = str(getattr(error, "orig", error)).lower()
    if isinstance(error, ModuleNotFoundError):
        return "Install its driver: pip install 'psycopg[binary]'."
    if isinstance(error, ArgumentError):
        return "Write it as SQLAlchemy does: postgresql+psycopg://user@host/mock_{site}."
    if not isinstance(getattr(error, "orig", None), sqlite3.Error):
        return "Is the database server there, with a database for each site?"
    return next((advice for part, advice in SQLITE_ADVICE.items() if part in told), BEGIN_ANEW)


def _connect_args(url: str, schema: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return {"timeout": LOCK_WAIT_SECONDS}
    search = f" -c search_path={quoted(schema)}" if schema else ""
    return {"options": f"-c lock_timeout={LOCK_WAIT_SECONDS}s{search}"}


def _make_sqlite_strict(engine: Engine) -> None:
    """Enforce foreign keys, and take the write lock when a transaction opens.

    With SQLite's own late locking two transactions could both read a balance before either
    wrote it, and one would fail half way; taking the lock first makes the second one wait.
    Read-only transactions take no lock.
    """

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(
            "BEGIN DEFERRED" if _is_for_reading(connection) else "BEGIN IMMEDIATE"
        )


def _is_for_reading(connection: Any) -> bool:
    return bool(connection.get_execution_options().get(ACCESS) == Access.READING)
