"""What the tests of several sites share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from mock_sites import SITES
from tests.support.postgres import create_databases, postgres_server

NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own; a test that needs it is skipped without one."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def new_databases(postgres: str) -> Callable[[], str]:
    """Make new empty databases for a stack; return their URL, with ``{site}`` in it."""

    def make() -> str:
        prefix = f"stack{next(NUMBERS)}_"
        create_databases(postgres, [prefix + site for site in SITES])
        return postgres.replace("{database}", prefix + "{site}")

    return make


@pytest.fixture(scope="module")
def site_databases(new_databases: Callable[[], str]) -> str:
    """Empty databases for the stack of a module."""
    return new_databases()
