"""Which messages lie on a phone, in which order, and what a fault does to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mock_sites.phone.domain import Inbox
from mock_sites.phone.store import Base
from mock_sites.shared.controls.faults import Faults, Kind, NewFault, Place
from mock_sites.shared.runtime.database import Database
from mock_sites.shared.values.refusal import Refusal
from tests.support.standing_clock import StandingClock

ANN, BOB = "+79160000001", "+79160000002"


class Phone:
    """The inbox, its clock, and the faults of its messages."""

    def __init__(self, database: Database) -> None:
        self.clock, self.faults = StandingClock(), Faults()
        self.inbox = Inbox(database, self.clock, self.faults)

    def send(self, *texts: str, to: str = ANN) -> None:
        """A site sends so many messages, at one moment."""
        for text in texts:
            self.inbox.receive(to, "Wallet", text)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.advance(timedelta(seconds=seconds))

    def break_next(self, kind: Kind, seconds: float = 0) -> None:
        """The next message to the first phone does not arrive as it should."""
        fault = NewFault(place=Place.MESSAGE, kind=kind, phone=ANN, seconds=seconds)
        self.faults.set(fault)

    def texts(self, of: str = ANN) -> list[str]:
        """What lies on a phone, the newest first."""
        return [message.text for message in self.inbox.messages(of)]


@pytest.fixture
def phone(tmp_path: Path) -> Iterator[Phone]:
    database = Database(f"sqlite:///{tmp_path / 'phone.sqlite3'}", Base)
    yield Phone(database)
    database.close()


def test_a_message_arrives_at_once_with_its_sender_and_at_no_other_phone(phone: Phone) -> None:
    phone.send("Code 123")

    (message,) = phone.inbox.messages(ANN)
    assert (message.phone, message.sender, message.text) == (ANN, "Wallet", "Code 123")
    assert message.at == phone.clock.now()
    assert phone.texts(BOB) == []


def test_the_newest_message_comes_first_and_of_one_moment_the_one_sent_last(
    phone: Phone,
) -> None:
    phone.send("1", "2")
    phone.wait(1)
    phone.send("3", "4")

    assert phone.texts() == ["4", "3", "2", "1"]


def test_a_phone_shows_its_fifty_newest_messages(phone: Phone) -> None:
    phone.send(*map(str, range(51)))

    assert phone.texts() == [str(number) for number in range(50, 0, -1)]


def test_no_message_reaches_a_phone_that_is_always_refused(phone: Phone) -> None:
    with pytest.raises(Refusal) as refused:
        phone.send("Code 123", to="+79994040001")

    assert refused.value.code == "phone.unreachable"
    assert phone.texts("+79994040001") == []


def test_a_lost_message_never_arrives(phone: Phone) -> None:
    phone.break_next(Kind.LOST)

    phone.send("1", "2")

    assert phone.texts() == ["2"]


def test_a_message_that_is_late_arrives_when_its_time_has_come(phone: Phone) -> None:
    phone.break_next(Kind.LATE, seconds=60)
    phone.send("late", "on time")

    phone.wait(59.999)
    before = phone.texts()
    phone.wait(0.001)

    assert (before, phone.texts()) == (["on time"], ["late", "on time"])


def test_a_message_that_comes_twice_is_the_same_both_times(phone: Phone) -> None:
    phone.break_next(Kind.TWICE)

    phone.send("Code 123")

    first, second = phone.inbox.messages(ANN)
    assert (first.phone, first.sender, first.text) == (ANN, "Wallet", "Code 123")
    assert (first.sender, first.text, first.at) == (second.sender, second.text, second.at)


def test_messages_that_are_overtaken_arrive_after_the_one_that_overtook_them(
    phone: Phone,
) -> None:
    for text in ("first", "second"):
        phone.break_next(Kind.OUT_OF_ORDER)
        phone.send(text)
    phone.wait(10)
    phone.send("of another", to=BOB)
    nothing_yet = phone.texts()

    phone.send("third")
    phone.send("fourth")

    assert nothing_yet == []
    assert phone.texts() == ["fourth", "second", "first", "third"]
    assert {message.at for message in phone.inbox.messages(ANN)} == {phone.clock.now()}
    assert phone.texts(BOB) == ["of another"]
