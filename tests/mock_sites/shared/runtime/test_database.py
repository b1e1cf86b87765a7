"""Where the sites keep their data, and what is said when they cannot."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from mock_sites.__main__ import main
from mock_sites.shared.runtime.database import MOST_CONNECTIONS, Database, only_reads
from mock_sites.shared.runtime.keys import Keys
from mock_sites.shared.runtime.settings import StackSettings


class Base(DeclarativeBase):
    """One table."""


class Row(Base):
    """A secret that there can be once."""

    __tablename__ = "rows"

    secret: Mapped[str] = mapped_column(primary_key=True)


def test_each_site_has_a_database_of_its_own(tmp_path: Path) -> None:
    url = "postgresql+psycopg://me@host/mock_{site}"
    stack = StackSettings(data=tmp_path, ports={}, keys=Keys(), database=url)

    assert stack.database_url("shop") == "postgresql+psycopg://me@host/mock_shop"


def test_the_data_is_in_files_unless_a_database_is_named(tmp_path: Path) -> None:
    stack = StackSettings(data=tmp_path, ports={}, keys=Keys())

    assert stack.database_url("shop") == f"sqlite:///{tmp_path}/shop.sqlite3"


def test_one_database_for_all_sites_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--port-base", "0", "--database", "postgresql+psycopg://me@host/mock"])

    assert "say where {site} stands" in capsys.readouterr().err


def test_a_database_without_a_place_for_its_keys_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["--port-base", "0", "--database", "postgresql+psycopg://me@host/mock_{site}"])

    assert "give --data DIR too" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "why"),
    [("not a url {site}", "Could not parse"), ("sqlite:////no/such/folder/{site}", "unable to")],
)
def test_a_database_that_is_not_there_is_told_without_a_traceback(
    url: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["--port-base", "0", "--data", str(tmp_path), "--database", url])

    said = capsys.readouterr().err
    assert (status, said.count("\n")) == (1, 1)
    assert said.startswith("cannot keep the data there: ")
    assert why in said


def test_an_error_of_the_database_does_not_tell_the_values(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/rows.sqlite3", Base)
    with database.transaction() as session:
        session.add(Row(secret="the merchant's key"))

    with pytest.raises(IntegrityError) as caught, database.transaction() as session:
        session.add(Row(secret="the merchant's key"))
    database.close()

    assert "the merchant's key" not in str(caught.value)


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/rows.sqlite3", Base)
    yield database
    database.close()


def test_a_kept_session_has_nothing_of_its_last_use(rows: Database) -> None:
    with rows.transaction() as session:
        session.add(Row(secret="mine"))
        session.info["note"] = "of the first"

    with rows.transaction() as again:
        assert again is session
        assert list(again) == []
        assert again.info == {}


def test_a_session_whose_block_failed_is_rolled_back_and_kept(rows: Database) -> None:
    def fail_half_way() -> None:
        with rows.transaction() as session:
            session.add(Row(secret="half"))
            session.flush()
            raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        fail_half_way()

    with rows.reading() as again:
        assert again.scalar(select(Row)) is None


def test_one_session_reads_while_another_one_writes(rows: Database) -> None:
    with rows.transaction() as writing:
        writing.add(Row(secret="new"))
        writing.flush()
        with rows.reading() as reading:
            assert (only_reads(writing), only_reads(reading)) == (False, True)
            assert reading.scalar(select(Row)) is None

    with rows.reading() as later:
        assert later.scalar(select(Row.secret)) == "new"


def test_a_reading_within_another_one_sees_the_same_moment(rows: Database) -> None:
    with rows.reading() as outer:
        assert outer.scalar(select(Row)) is None
        with rows.transaction() as writing:
            writing.add(Row(secret="new"))

        with rows.reading() as inner:
            assert inner is outer
            assert inner.scalar(select(Row)) is None

    with rows.reading() as later:
        assert later.scalar(select(Row.secret)) == "new"


def test_more_readers_than_connections_take_turns(rows: Database) -> None:
    held, one_is_left = Barrier(MOST_CONNECTIONS), Event()

    def hold() -> None:
        with rows.reading():
            held.wait(timeout=30)
            assert one_is_left.wait(timeout=30)

    def read() -> int:
        with rows.reading() as session:
            return len(session.scalars(select(Row)).all())

    with ThreadPoolExecutor(MOST_CONNECTIONS + 1) as readers:
        holders = [readers.submit(hold) for _ in range(MOST_CONNECTIONS - 1)]
        held.wait(timeout=30)
        turns = [readers.submit(read) for _ in range(2)]
        assert [turn.result(timeout=30) for turn in turns] == [0, 0]
        one_is_left.set()
        assert [holder.result(timeout=30) for holder in holders] == [None] * len(holders)


def test_a_session_in_use_when_the_database_is_closed_is_closed_afterwards(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/rows.sqlite3", Base)

    with database.reading() as session:
        database.close()
        assert session.scalar(select(Row)) is None

    connection = session.get_bind()
    assert connection.closed  # type: ignore[union-attr]


def test_the_sites_start_without_the_dialect_of_another_database() -> None:
    program = (
        "import sys, mock_sites.__main__ as sites; sites.prepare();"
        "print([name for name in sys.modules if name.startswith('sqlalchemy.dialects.postgresql')])"
    )

    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "[]"
