"""What all sites share: the clock, the background work, the controls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.worker import Worker
from tests.support.standing_clock import StandingClock
from tests.support.wallet_fixture import WalletFixture, wallet_fixture

PATIENCE = 10


@pytest.fixture
def fixture(tmp_path: Path) -> Iterator[WalletFixture]:
    with wallet_fixture(tmp_path) as fixture:
        yield fixture


def test_the_clock_tells_real_time_until_it_is_advanced() -> None:
    clock = Clock()

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
    clock.advance(timedelta(hours=1))
    assert abs(clock.now() - datetime.now(UTC) - timedelta(hours=1)) < timedelta(seconds=5)


def test_the_clock_keeps_its_distance_in_a_file(tmp_path: Path) -> None:
    Clock(tmp_path / "clock").advance(timedelta(hours=2))

    ahead = Clock(tmp_path / "clock").now() - datetime.now(UTC)

    assert abs(ahead - timedelta(hours=2)) < timedelta(seconds=5)


def test_the_clock_does_not_go_back() -> None:
    with pytest.raises(ValueError, match="only goes forward"):
        Clock().advance(timedelta(seconds=-1))


def test_a_step_of_the_clock_may_be_nothing_and_tells_the_moment_after_it() -> None:
    clock = StandingClock()
    start = clock.now()
    assert clock.advance(timedelta()) == start
    assert clock.advance(timedelta(hours=3)) == start + timedelta(hours=3)
    assert clock.advance(timedelta(hours=2)) == clock.now() == start + timedelta(hours=5)


def test_whoever_waits_for_a_deadline_is_woken_by_the_clock() -> None:
    clock, woken = Clock(), []
    clock.on_advance(lambda: woken.append(clock.now()))

    clock.advance(timedelta(seconds=1))

    assert len(woken) == 1


def test_a_worker_runs_when_it_is_poked() -> None:
    runs = [Event(), Event()]
    pending = iter(runs)

    def job() -> timedelta | None:
        next(pending).set()
        return None

    worker = Worker("test", job)
    worker.start()
    assert runs[0].wait(PATIENCE)
    worker.wake()
    assert runs[1].wait(PATIENCE)
    worker.stop()
    assert not worker.is_alive()


def test_a_worker_goes_on_after_an_error(caplog: pytest.LogCaptureFixture) -> None:
    done, tries = Event(), []

    def job() -> timedelta | None:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("broken once")
        done.set()
        return None

    worker = Worker("test", job)
    worker.start()
    assert done.wait(PATIENCE)
    worker.stop()
    assert caplog.messages == ["test failed and will be tried again"]


def test_what_failed_is_tried_again_after_a_second() -> None:
    def job() -> timedelta | None:
        raise RuntimeError("broken")

    worker = Worker("test", job)
    assert worker.run_once() == timedelta(seconds=1)
    with pytest.raises(RuntimeError, match="broken"):
        worker.do_job()


def test_a_worker_that_is_not_needed_any_more_does_not_begin() -> None:
    runs: list[int] = []
    worker = Worker("test", lambda: runs.append(1))
    worker.stop()
    worker.start()
    worker.join(PATIENCE)
    assert not worker.is_alive()
    assert runs == []


def test_a_worker_is_known_by_its_name_and_keeps_no_process_alive() -> None:
    worker = Worker("vault holds", lambda: None)
    assert (worker.name, worker.daemon) == ("vault holds", True)


@pytest.mark.parametrize("due", [timedelta(milliseconds=1), timedelta(), timedelta(days=-1)])
def test_a_worker_runs_again_when_it_said(due: timedelta) -> None:
    twice, runs = Event(), []

    def job() -> timedelta | None:
        runs.append(1)
        if len(runs) == 2:
            twice.set()
            return None
        return due

    worker = Worker("test", job)
    worker.start()
    assert twice.wait(PATIENCE)
    worker.stop()


@pytest.mark.parametrize(
    "token", [None, "", "Bearer wrong", "\N{SNOWMAN}".encode().decode("latin1")]
)
def test_the_controls_want_their_token(fixture: WalletFixture, token: str | None) -> None:
    headers = {} if token is None else {"Authorization": token}

    answer = fixture.site.app.test_client().get("/_control/clock", headers=headers)

    assert answer.status_code == 401


def test_the_controls_are_not_there_unless_asked_for(tmp_path: Path) -> None:
    with wallet_fixture(tmp_path, controls=False) as fixture:
        headers = {"Authorization": f"Bearer {fixture.stack.keys.control_token}"}
        answer = fixture.site.app.test_client().get("/_control/clock", headers=headers)

    assert answer.status_code == 404


@pytest.mark.parametrize("body", [{}, {"advance_seconds": -1}, {"advance_seconds": "soon"}, []])
def test_a_control_says_what_does_not_fit(fixture: WalletFixture, body: object) -> None:
    headers = {"Authorization": f"Bearer {fixture.stack.keys.control_token}"}

    answer = fixture.site.app.test_client().post("/_control/clock", json=body, headers=headers)

    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["details"]


def test_every_page_forbids_foreign_resources_and_is_never_kept(fixture: WalletFixture) -> None:
    answer = fixture.buyer().open("/")

    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "http://" not in answer.text.replace("http://localhost", "")


def test_a_page_that_breaks_says_so_and_logs_no_secret(
    fixture: WalletFixture, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    buyer = fixture.buyer()
    path = buyer.be_sent_code()
    code = fixture.outside.codes[-1]
    monkeypatch.setattr("mock_sites.wallet.domain.ledger.move", None)

    answer = buyer.send(path, code=code)

    assert answer.status_code == 500
    assert "No data was lost" in answer.text
    assert code not in answer.text
    assert code not in caplog.text
