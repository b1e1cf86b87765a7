"""What is said when a data folder cannot be used, and that a kill never makes it unusable."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from mock_sites import SITES
from mock_sites.__main__ import main
from mock_sites.shared.runtime.clock import LATEST, Clock
from mock_sites.shared.runtime.data_folder import DataError, held_folder, write_whole
from mock_sites.wallet.domain import ledger
from mock_sites.wallet.domain.buyers import Buyers
from tests.support.served_stack import ROOT
from tests.support.shared_keys import shared_keys
from tests.support.wallet_fixture import WalletFixture, wallet_fixture


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with keys in it."""
    (tmp_path / "keys.json").write_text(shared_keys().model_dump_json())
    return tmp_path


@pytest.fixture
def fixture(tmp_path: Path) -> Iterator[WalletFixture]:
    with wallet_fixture(tmp_path) as fixture:
        yield fixture


def told(capsys: pytest.CaptureFixture[str], data: Path, *options: str) -> str:
    """The one line that is said instead of serving."""
    status = main(["--port-base", "0", "--data", str(data), *options])
    said = capsys.readouterr().err
    assert (status, said.count("\n")) == (1, 1)
    return said


@pytest.mark.parametrize(
    "text", ["", "3600.0.", "half", "nan", "inf", "-1", "1e30", "99999999999999", "[]"]
)
def test_a_clock_that_tells_no_distance_is_named(
    data: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "clock").write_text(text)

    said = told(capsys, data)

    assert said.startswith(f"cannot use {data}/clock: it holds {text!r}, not how many seconds")
    assert "or delete it to go back to real time" in said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        ("[]", "Input should be a valid dictionary"),
        ('{"merchant": {"na', "it is not whole JSON"),
        ('{"merchant": []}', "merchant: Input should be a valid dictionary"),
        (
            json.dumps({"vault": {"shop": {"private_key": "a secret", "public_key": ""}}}),
            "vault.shop.private_key: no private RSA key in PEM",
        ),
    ],
)
@pytest.mark.parametrize("given", [False, True])
def test_keys_that_cannot_be_used_are_named(
    tmp_path: Path, text: str, why: str, given: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / ("given.json" if given else "keys.json")
    file.write_text(text)

    said = told(capsys, tmp_path, *(["--keys", str(file)] if given else []))

    assert said.startswith(f"cannot use the keys in {file}: {why}")
    assert (
        "Correct the file that --keys names" if given else "delete it and the databases"
    ) in said
    assert "a secret" not in said


def test_swapped_halves_of_a_key_are_noticed(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = shared_keys()
    pair = keys.vault.vault
    pair.private_key, pair.public_key = pair.public_key, pair.private_key
    (data / "keys.json").write_text(keys.model_dump_json())

    assert "vault.vault.private_key: no private RSA key" in told(capsys, data)


def test_keys_that_are_not_there_or_not_text_are_named(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "nowhere.json: there is no such file" in told(
        capsys, data, "--keys", str(data / "nowhere.json")
    )
    assert f"cannot read {data}: is a directory" in told(capsys, data, "--keys", str(data))
    (data / "keys.json").write_bytes(b"\xff\xfe")
    assert f"cannot read {data}/keys.json: it is not text" in told(capsys, data)


@pytest.mark.parametrize("below", [".", "folder"])
def test_a_file_in_the_place_of_the_folder_is_named(
    tmp_path: Path, below: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")

    said = told(capsys, tmp_path / "file" / below)

    assert said.startswith(f"cannot keep data in {tmp_path / 'file' / below}: ")
    assert "Name a folder that you may write into with --data" in said


def test_a_folder_that_cannot_be_written_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, Path("/proc")).startswith("cannot keep data in /proc: ")


def test_a_folder_serves_each_site_once(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with held_folder(data, ["vault"]), held_folder(data, ["wallet"]):
        said = told(capsys, data)
        assert said.startswith(f"{data} is in use: process {os.getpid()} serves the wallet from it")
    with held_folder(data, SITES):
        pass


def test_a_folder_is_free_again_once_its_process_is_killed(tmp_path: Path) -> None:
    hold = (
        "import sys, time; from pathlib import Path\n"
        "from mock_sites.shared.runtime.data_folder import *\n"
        "with held_folder(Path(sys.argv[1]), ['wallet']): print(flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(DataError, match=f"process {holder.pid}"), held_folder(tmp_path, SITES):
            pass
        holder.kill()
        holder.wait()
        with held_folder(tmp_path, SITES):
            pass


DAMAGE = "Put copies of all the sites' databases back; or begin anew"


@pytest.mark.parametrize("head", [b"", b"SQLite format 3\0"])
def test_a_database_that_is_damaged_is_named(
    data: Path, head: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "vault.sqlite3").write_bytes(head + b"something else entirely" * 500)

    said = told(capsys, data)

    assert said.startswith(f"cannot keep the data in {data}/vault.sqlite3: file is not a database")
    assert DAMAGE in said


def test_a_database_of_another_version_is_named(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(data / "shop.sqlite3")) as old:
        old.execute("CREATE TABLE linkings (request_id TEXT PRIMARY KEY)")

    said = told(capsys, data)

    assert "shop.sqlite3: another version of the site made it: there is no linkings." in said
    assert DAMAGE in said


def test_a_folder_in_the_place_of_a_database_is_named(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "shop.sqlite3").mkdir()

    said = told(capsys, data)

    assert "shop.sqlite3: unable to open database file. Its folder must be there" in said
    assert "psycopg" not in said


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        ("attempt to write a readonly database", "allowed to write"),
        ("database or disk is full", "make room"),
        ("disk I/O error", "full, or broken"),
        ("database is locked", "Another program"),
        ("database disk image is malformed", DAMAGE),
        ("no such column: buyers.age", DAMAGE),
    ],
)
def test_each_error_of_sqlite_has_its_own_advice(error: str, advice: str) -> None:
    from sqlalchemy.exc import OperationalError

    from mock_sites.shared.runtime.database import advice_on

    assert advice in advice_on(OperationalError("", {}, sqlite3.OperationalError(error)))


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "clock"
    write_whole(file, "old")

    def full(_number: int) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_whole(file, "new")

    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("clock", "old")]


def test_a_step_that_cannot_be_kept_does_not_happen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(tmp_path / "gone" / "clock")

    with pytest.raises(OSError, match="No such file"):
        clock.advance(timedelta(days=1))

    assert clock.now() < Clock().now() + timedelta(hours=1)


@pytest.mark.parametrize("steps", [1, 30])
def test_the_clock_stops_before_calendars_end(tmp_path: Path, steps: int) -> None:
    clock = Clock(tmp_path / "clock")
    step = (LATEST - clock.now() - timedelta(minutes=1)) / steps
    for _ in range(steps):
        clock.advance(step)

    with pytest.raises(ValueError, match="no further than 9999-01-01"):
        clock.advance(step)

    for each in (clock, Clock(tmp_path / "clock")):
        assert LATEST - timedelta(minutes=2) < each.now() < LATEST


def test_a_step_beyond_the_calendar_is_answered_with_the_reason(fixture: WalletFixture) -> None:
    fixture.clock.advance(LATEST - fixture.clock.now() - timedelta(days=1))

    headers = {"Authorization": f"Bearer {fixture.stack.keys.control_token}"}
    client = fixture.site.app.test_client()
    answer = client.post("/_control/clock", json={"advance_seconds": 86_401}, headers=headers)

    assert answer.status_code == 422
    assert answer.json == {"error": "the clock goes no further than 9999-01-01"}


def test_a_wallet_is_opened_with_its_money_or_not_at_all(
    fixture: WalletFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    buyers: Buyers = fixture.wallet.buyers
    with monkeypatch.context() as killed:
        killed.setattr(ledger, "account", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            buyers.open_wallet("+79161112233", "secret", "Anna", [])

    assert buyers.find("+79161112233") is None


SERVE = [sys.executable, "-m", "mock_sites", "--json", "--controls", "--port-base", "0"]
MOVE = """
import sys; from datetime import timedelta; from pathlib import Path
from mock_sites.shared.runtime.clock import Clock
clock = Clock(Path(sys.argv[1]))
print(flush=True)
while True:
    clock.advance(timedelta(seconds=1))
"""


def test_a_start_that_is_killed_at_any_moment_can_be_repeated(tmp_path: Path) -> None:
    chance = random.Random(5)
    for _ in range(3):
        killed(chance.uniform(0.3, 1.2), [*SERVE, "--data", str(tmp_path)])
    with subprocess.Popen(
        [*SERVE, "--data", str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        facts = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
    with closing(sqlite3.connect(tmp_path / "wallet.sqlite3")) as wallet:
        funded = wallet.execute("SELECT count(*) FROM movements").fetchone()[0]
    assert funded == len(facts["buyers"])


def test_a_clock_that_is_killed_at_any_moment_is_whole(tmp_path: Path) -> None:
    chance = random.Random(5)
    for _ in range(5):
        killed(chance.uniform(0.0, 0.1), [sys.executable, "-c", MOVE, str(tmp_path / "clock")])
        Clock(tmp_path / "clock")


def killed(seconds: float, command: list[str]) -> None:
    """Run a command and kill it after so long, or after so long from its first line."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        if "-c" in command:
            process.stdout.readline()
        Event().wait(seconds)
        process.kill()
