"""Where the sites keep their data, and what is said when they cannot."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from mock_sites.__main__ import main
from mock_sites.shared.runtime.database import Database
from mock_sites.shared.runtime.settings import Keys, StackSettings


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
