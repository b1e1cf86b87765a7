"""Notifications to addresses that hang, drip or are behind a proxy."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Semaphore, Thread
from time import monotonic

import httpx
import pytest
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from mock_sites.shared.controls.faults import Faults
from mock_sites.shared.messaging.messages import MessageLine
from mock_sites.shared.messaging.notification_queue import (
    NotificationMixin,
    NotificationQueue,
    NotificationSender,
)
from mock_sites.shared.messaging.outgoing import (
    LARGEST_ANSWER_BYTES,
    Notifier,
    is_loopback,
)
from mock_sites.shared.messaging.repeats import QUARTERS_AND_HOURS, Reply
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.database import Database
from mock_sites.shop.clients.vault import vault_connection
from mock_sites.shop.clients.wallet import wallet_connection
from tests.support.standing_clock import StandingClock
from tests.support.stub_site import stub_site

PATIENCE = 10.0
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
Answer = Callable[[socket.socket], None]


class Base(DeclarativeBase):
    """One table."""


class NotificationRow(NotificationMixin, Base):
    """A notification."""

    __tablename__ = "deliveries"

    id: Mapped[int] = mapped_column(primary_key=True)


@contextmanager
def endpoint(answer: Answer) -> Iterator[str]:
    """The address of somebody who treats every connection so."""
    with socket.create_server(("127.0.0.1", 0)) as listener, ExitStack() as opened:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                opened.enter_context(connection)
                Thread(target=answer, args=(connection,), daemon=True).start()

        thread = Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def say_nothing(_connection: socket.socket) -> None:
    """Take what comes, and hang."""


def drip(head: bytes) -> Answer:
    """Begin with this, and then go on byte by byte."""

    def answer(connection: socket.socket) -> None:
        try:
            connection.sendall(head)
            while not Event().wait(0.05):
                connection.sendall(b"x")
        except OSError:
            return

    return answer


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(f"sqlite:///{tmp_path}/notifications.sqlite3", Base)) as database:
        yield database


def put(database: Database, clock: Clock, *urls: str) -> None:
    """A notification for each address, in this order."""
    for number, url in enumerate(urls):
        with database.transaction() as session:
            now = clock.now()
            session.add(NotificationRow(url=url, body=str(number), created_at=now, due_at=now))


def test_an_address_that_hangs_keeps_no_other_waiting(database: Database) -> None:
    clock, told, notifier = Clock(), Event(), Notifier(3.0)

    def post(notification: NotificationRow, _forged: bool) -> Reply:
        status = notifier.post(notification.url, b"", {}).status
        told.set()
        return Reply(status == 200)

    with endpoint(say_nothing) as hanging, stub_site({"/": "OK"}) as site:
        put(database, clock, *[hanging] * 3, site.url + "/")
        queue = NotificationQueue(database, clock, NotificationRow, post, Faults(), lambda _row: "")
        sender = NotificationSender("notifications", queue)
        began = monotonic()
        sender.start()

        assert told.wait(2)

        assert monotonic() - began < 2
        sender.stop()


def test_one_address_is_told_in_order(database: Database) -> None:
    clock, told, done = Clock(), list[str](), Event()

    def post(notification: NotificationRow, _forged: bool) -> Reply:
        told.append(notification.body)
        if len(told) == 20:
            done.set()
        return Reply(True)

    put(database, clock, *["http://one.test/"] * 20)
    queue = NotificationQueue(database, clock, NotificationRow, post, Faults(), lambda _row: "")
    sender = NotificationSender("notifications", queue)
    sender.start()
    for _ in range(10):
        sender.wake()
    assert done.wait(PATIENCE)
    sender.stop()

    assert told == [str(number) for number in range(20)]


def test_a_notification_that_broke_the_notifier_waits_for_its_next_turn(
    database: Database,
) -> None:
    clock, tries = Clock(), list[str]()

    def post(notification: NotificationRow, _forged: bool) -> Reply:
        tries.append(notification.url)
        if notification.url == "http://broken.test/":
            raise RuntimeError
        return Reply(True)

    put(database, clock, "http://broken.test/", "http://sound.test/")
    queue = NotificationQueue(database, clock, NotificationRow, post, Faults(), lambda _row: "")
    done = Semaphore(0)
    queue.use_threads(done.release)
    queue.send_due()
    for _ in range(2):
        assert done.acquire(timeout=PATIENCE)
    queue.finish()

    assert sorted(tries) == ["http://broken.test/", "http://sound.test/"]
    wait = queue.send_due()
    assert wait is not None
    assert 0 < wait.total_seconds() <= 5


@pytest.mark.parametrize(
    "head", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"]
)
def test_an_answer_that_drips_in_is_waited_for_only_so_long(head: bytes) -> None:
    began = monotonic()

    with endpoint(drip(head)) as url, pytest.raises(httpx.HTTPError):
        Notifier(0.5).post(url, b"news", {})

    assert monotonic() - began < 3


def test_an_answer_without_end_is_not_kept() -> None:
    with (
        stub_site({"/": "x" * (LARGEST_ANSWER_BYTES + 1)}) as site,
        pytest.raises(httpx.RemoteProtocolError, match="too long"),
    ):
        Notifier(PATIENCE).post(site.url + "/", b"news", {})


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8100/", True),
        ("http://127.3.2.1/", True),
        ("http://[::1]:8100", True),
        ("http://localhost:1", True),
        ("https://wallet.localhost.:1/x", True),
        ("http://localhost.example.com", False),
        ("http://notlocalhost", False),
        ("http://10.0.0.1", False),
        ("http://wallet.example.com/?at=http://localhost", False),
        ("", False),
    ],
)
def test_what_lies_on_this_machine_is_known(url: str, here: bool) -> None:
    assert is_loopback(url) is here


@pytest.fixture
def no_way_out(monkeypatch: pytest.MonkeyPatch) -> str:
    """Proxies in the environment, where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        proxy = f"http://127.0.0.1:{closed.getsockname()[1]}"
    for name in PROXIES:
        monkeypatch.setenv(name, proxy)
        monkeypatch.setenv(name.lower(), proxy)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    return proxy


@pytest.mark.usefixtures("no_way_out")
def test_sites_on_this_machine_are_reached_past_every_proxy() -> None:
    with stub_site({"/": "OK", "/api/messages": "OK"}) as site:
        assert Notifier(PATIENCE).post(site.url + "/", b"news", {}).status == 200
        with closing(MessageLine(site.url, "token")) as line:
            assert line.send("+79161234567", "wallet", "hello")
        for connect in (wallet_connection, vault_connection):
            with connect(site.url) as client:
                assert client.get("/").text == "OK"


@pytest.mark.usefixtures("no_way_out")
def test_a_site_elsewhere_is_asked_by_way_of_the_proxy() -> None:
    with pytest.raises(httpx.ConnectError):
        Notifier(PATIENCE).post("http://192.0.2.1/", b"news", {})


def test_the_environment_of_the_tests_names_no_proxy() -> None:
    assert not [name for name in os.environ if name.upper() in PROXIES]


@pytest.mark.parametrize(
    ("reply", "due"),
    [
        (Reply(True), None),
        (Reply(False), timedelta(seconds=5)),
        (Reply(False, timedelta(seconds=2)), timedelta(seconds=5)),
        (Reply(False, timedelta(hours=2)), timedelta(hours=2)),
        (Reply(False, timedelta(hours=25)), None),
        (Reply(False, gone=True), None),
    ],
)
def test_the_next_try_is_when_the_receiver_wants_it(
    database: Database, reply: Reply, due: timedelta | None
) -> None:
    clock = StandingClock()
    put(database, clock, "http://one.test/")
    queue = NotificationQueue(
        database, clock, NotificationRow, lambda _row, _forged: reply, Faults(), lambda _row: ""
    )

    assert queue.send_due() == due


def test_a_schedule_of_quarters_and_hours_is_followed(database: Database) -> None:
    clock, tries = StandingClock(), list[str]()

    def post(notification: NotificationRow, _forged: bool) -> Reply:
        tries.append(notification.url)
        return Reply(False)

    put(database, clock, "http://one.test/")
    queue = NotificationQueue(
        database,
        clock,
        NotificationRow,
        post,
        Faults(),
        lambda _row: "",
        lambda _row: QUARTERS_AND_HOURS,
    )
    waits = list[timedelta]()
    while (wait := queue.send_due()) is not None:
        waits.append(wait)
        clock.advance(wait)

    assert waits == [timedelta(minutes=15)] * 36 + [timedelta(hours=1)] * 15
    assert len(tries) == 52
