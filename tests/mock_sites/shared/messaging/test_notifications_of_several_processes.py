"""Notifications that two processes send from one database: each once, each address in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from threading import Event, Lock

import pytest

from mock_sites.shared.controls.faults import Faults, NewFault
from mock_sites.shared.messaging.notification_queue import NotificationQueue, NotificationSender
from mock_sites.shared.messaging.repeats import Reply
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.database import Database
from mock_sites.shared.runtime.named_locks import NamedLocks
from tests.mock_sites.shared.messaging.test_notification_queue import Base, NotificationRow, put

ADDRESSES = [f"http://merchant{number}.test/" for number in range(4)]
PATIENCE = 20.0


@pytest.fixture
def databases(new_databases: Callable[[], str]) -> Iterator[list[Database]]:
    """The database of a site, as two processes open it."""
    url = new_databases().replace("{site}", "shop")
    with ExitStack() as opened:
        yield [opened.enter_context(closing(Database(url, Base))) for _ in range(2)]


def queue_of(database: Database, clock: Clock, post: Callable[..., Reply], faults: Faults) -> Queue:
    return NotificationQueue(database, clock, NotificationRow, post, faults, lambda _row: "shop")


Queue = NotificationQueue[NotificationRow]


def test_each_goes_out_once_and_in_order(databases: list[Database]) -> None:
    clock, told, lock, done = Clock(), defaultdict[str, list[int]](list), Lock(), Event()

    def post(notification: NotificationRow, _forged: bool) -> Reply:
        with lock:
            told[notification.url].append(int(notification.body))
            if sum(map(len, told.values())) >= 60:
                done.set()
        return Reply(True)

    put(databases[0], clock, *ADDRESSES * 15)
    senders = []
    for database in databases:
        sender = NotificationSender("sender", queue_of(database, clock, post, Faults()))
        sender.share(database)
        sender.start()
        senders.append(sender)
    assert done.wait(PATIENCE)
    for sender in senders:
        sender.stop()

    expected = {url: list(range(first, 60, 4)) for first, url in enumerate(ADDRESSES)}
    assert dict(told) == expected


def test_an_address_that_another_process_sends_to_is_looked_at_again_soon(
    databases: list[Database],
) -> None:
    clock, told = Clock(), list[str]()

    def post(notification: NotificationRow, _forged: bool) -> Reply:
        told.append(notification.body)
        return Reply(True)

    put(databases[0], clock, ADDRESSES[0])
    other = NamedLocks(databases[1])
    queue = queue_of(databases[0], clock, post, Faults())
    assert other.take(ADDRESSES[0])
    wait = queue.send_due()
    assert told == []
    assert wait is not None
    assert 0 < wait.total_seconds() < 1

    # As when the process dies: its connection ends.
    other.close()
    queue.send_due()
    queue.finish()

    assert told == ["0"]


def test_one_that_is_overtaken_follows_whoever_sends_the_next(databases: list[Database]) -> None:
    clock, told, faults = Clock(), list[str](), Faults()

    def post(notification: NotificationRow, _forged: bool) -> Reply:
        told.append(notification.body)
        return Reply(True)

    late = NewFault.model_validate(
        {"place": "notification", "kind": "out-of-order", "merchant": "shop"}
    )
    faults.set(late)
    put(databases[0], clock, ADDRESSES[0])
    first = queue_of(databases[0], clock, post, faults)
    first.send_due()
    put(databases[1], clock, ADDRESSES[1])
    second = queue_of(databases[1], clock, post, faults)
    second.send_due()
    second.send_due()
    for queue in (first, second):
        queue.finish()

    assert told == ["0", "0"]
    assert faults.all()[0].left == 0
