"""PostgreSQL for several processes: how its transactions begin, and which failures are conflicts.

The rules of the sites are written for transactions that write one after another. Under
SERIALIZABLE those of several processes have the same result, or one of them fails
(``attempts.py``). One that must not fail writes alone: it waits until the others have ended, and
they wait for it. Both are told apart by how they lock the table ``writers``, which is empty.
LOCK TABLE takes no snapshot, so a transaction sees what those before it have written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

# The execution option of a connection: what its next transaction is for.
ACCESS = "access"
# serialization_failure, deadlock_detected; a key that a concurrent transaction has just taken.
CONFLICTS = frozenset({"40001", "40P01", "23505"})
# Any number will do.
CREATION_LOCK = 1


class Access(StrEnum):
    """What a transaction is for."""

    READING = "reading"
    # Beside others that write; it may fail with a conflict.
    TOGETHER = "together"
    ALONE = "alone"


BEGINNINGS = {
    Access.READING: "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
    Access.TOGETHER: (
        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; LOCK TABLE writers IN ROW EXCLUSIVE MODE"
    ),
    Access.ALONE: "LOCK TABLE writers IN EXCLUSIVE MODE",
}


def begin_by_access(engine: Engine) -> None:
    """Begin each transaction as its connection's execution option says."""

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        access = connection.get_execution_options().get(ACCESS)
        if access is not None:
            connection.exec_driver_sql(BEGINNINGS[access])


@contextmanager
def creation(engine: Engine, schema: str = "") -> Iterator[None]:
    """Hold off other processes that would make the same tables, and make the table to lock."""
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({CREATION_LOCK})")
        with engine.begin() as other:
            if schema:
                other.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {quoted(schema)}")
            other.exec_driver_sql("CREATE TABLE IF NOT EXISTS writers ()")
        yield


def quoted(schema: str) -> str:
    """The name of a schema as SQL takes it; it has letters, digits, dashes and underscores."""
    return f'"{schema}"'


def is_conflict(error: DBAPIError) -> bool:
    """Whether a concurrent transaction made this one fail."""
    return getattr(error.orig, "sqlstate", None) in CONFLICTS


def lock_number(name: str) -> int:
    """The number by which PostgreSQL knows the advisory lock of a name."""
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
