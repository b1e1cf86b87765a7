"""Locks by name among processes: what is left of them if the database ends a connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from sqlalchemy import create_engine, text

from mock_sites.phone.store import Base
from mock_sites.shared.runtime.database import Database
from mock_sites.shared.runtime.named_locks import NamedLocks

END_ALL_OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
ADDRESS = "http://one.test/"


@pytest.fixture
def database(new_databases: Callable[[], str]) -> Iterator[Database]:
    url = new_databases().replace("{site}", "phone")
    with closing(Database(url, Base)) as database:
        yield database


def end_connections(database: Database) -> None:
    """Let the server end every connection to the database."""
    engine = create_engine(database.engine.url)
    with engine.connect() as connection:
        connection.execute(END_ALL_OTHERS)
    engine.dispose()


def test_a_lock_of_a_lost_connection_is_given_back_without_an_error(database: Database) -> None:
    with closing(NamedLocks(database)) as ours, closing(NamedLocks(database)) as theirs:
        assert ours.take(ADDRESS)
        end_connections(database)

        ours.give_back(ADDRESS)

        assert theirs.take(ADDRESS)
        assert not ours.take(ADDRESS)
        theirs.give_back(ADDRESS)
        assert ours.take(ADDRESS)
