"""Transactions of several processes on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from werkzeug.test import Client
from werkzeug.wrappers import Response

from mock_sites.shared.runtime.attempts import Repeats, note_action
from mock_sites.shared.runtime.database import Database
from mock_sites.shared.runtime.named_locks import NamedLocks

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MOST = 1


class Base(DeclarativeBase):
    """One table."""


class Seat(Base):
    """A seat that is taken; the rule allows one, and no key says so."""

    __tablename__ = "seats"

    id: Mapped[int] = mapped_column(primary_key=True)


class TakesSeat:
    """Takes a seat if none is taken, by a rule that looks at all rows."""

    def __init__(self, database: Database, meet: Barrier, *, acts_first: bool = False) -> None:
        self._database, self._meet, self._acts_first = database, meet, acts_first
        self.attempts = 0

    def __call__(self, _environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer 200 for who got the seat, 409 for who did not, 500 for a failure."""
        self.attempts += 1
        if self._acts_first:
            note_action()
        try:
            status = 200 if self._take() else 409
        except OperationalError:
            status = 500
        return Response(status=status)({"REQUEST_METHOD": "POST"}, start)

    def _take(self) -> bool:
        with self._database.transaction() as session:
            taken = session.scalar(select(func.count()).select_from(Seat)) or 0
            if self.attempts == 1 and not self._acts_first:
                # Both have looked before either of them writes.
                self._meet.wait(timeout=20)
            if taken < MOST:
                session.add(Seat())
            return taken < MOST


@pytest.fixture
def two(new_databases: Callable[[], str]) -> Iterator[list[Database]]:
    """The database of a site, as two processes open it."""
    url = new_databases().replace("{site}", "shop")
    with ExitStack() as opened:
        yield [opened.enter_context(closing(Database(url, Base))) for _ in range(2)]


def seats(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Seat)) or 0


def test_a_rule_over_several_rows_holds_between_two_processes(two: list[Database]) -> None:
    meet = Barrier(2)
    apps = [TakesSeat(database, meet) for database in two]

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda app: Client(Repeats(app)).post("/").status_code, apps))

    assert sorted(answers) == [200, 409]
    assert seats(two[0]) == 1
    # Only the one that came too late was answered again.
    assert sorted(app.attempts for app in apps) == [1, 2]


def test_who_has_acted_already_writes_alone_and_is_answered_once(two: list[Database]) -> None:
    apps = [TakesSeat(database, Barrier(1), acts_first=True) for database in two]

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda app: Client(Repeats(app)).post("/").status_code, apps))

    assert sorted(answers) == [200, 409]
    assert [app.attempts for app in apps] == [1, 1]


def test_a_request_is_answered_again_with_its_body(two: list[Database]) -> None:
    bodies = list[bytes]()
    meet = Barrier(2)
    takes = [TakesSeat(database, meet) for database in two]

    def reads(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        bodies.append(environ["wsgi.input"].read())
        return takes[0](environ, start)

    with ThreadPoolExecutor(2) as both:
        one = both.submit(lambda: Client(Repeats(reads)).post("/", data=b"one=1"))
        other = both.submit(lambda: Client(Repeats(takes[1])).post("/"))
        assert {one.result().status_code, other.result().status_code} == {200, 409}

    assert bodies == [b"one=1"] * takes[0].attempts


def test_a_reading_transaction_sees_one_moment_and_writes_nothing(two: list[Database]) -> None:
    with two[0].reading() as reading:
        before = reading.scalar(select(func.count()).select_from(Seat))
        with two[1].transaction() as session:
            session.add(Seat())
        assert reading.scalar(select(func.count()).select_from(Seat)) == before == 0
    assert seats(two[0]) == 1


def test_a_lock_by_name_is_one_process_s_until_it_ends(two: list[Database]) -> None:
    ours, theirs = (NamedLocks(database) for database in two)

    assert ours.take("job")
    assert not theirs.take("job")
    assert theirs.take("another job")
    ours.close()
    assert theirs.take("job")
    theirs.close()


def test_schemas_of_one_database_share_neither_rows_nor_locks(
    new_databases: Callable[[], str],
) -> None:
    url = new_databases().replace("{site}", "shop")
    with ExitStack() as opened:
        ours, theirs, own = (
            opened.enter_context(closing(Database(url, Base, schema)))
            for schema in ("team_qa-1", "team_b", "")
        )
        locks = [NamedLocks(database) for database in (ours, theirs, own)]
        with ours.transaction() as session:
            session.add(Seat())

        assert [seats(database) for database in (ours, theirs, own)] == [1, 0, 0]
        assert [each.take("shop invoices") for each in locks] == [True, True, True]
        again = NamedLocks(opened.enter_context(closing(Database(url, Base, "team_qa-1"))))
        assert not again.take("shop invoices")
        theirs.clear()
        assert seats(ours) == 1
        ours.clear()
        assert seats(ours) == 0
        for each in (*locks, again):
            each.close()
