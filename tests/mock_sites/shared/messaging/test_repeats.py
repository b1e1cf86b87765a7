"""When a notification is sent again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mock_sites.shared.messaging.repeats import (
    GIVE_UP_AFTER,
    GROWING,
    QUARTERS_AND_HOURS,
    Reply,
    reply_to,
)


def test_the_two_schedules_last_a_day() -> None:
    moment, tried = timedelta(), 0
    while moment < GIVE_UP_AFTER:
        tried += 1
        moment += QUARTERS_AND_HOURS.wait(tried)
    assert (tried, moment) == (51, GIVE_UP_AFTER)
    assert GROWING.wait(1) < GROWING.wait(2) < GROWING.wait(7) == GROWING.wait(50)


@pytest.mark.parametrize(
    ("status", "retry_after", "reply"),
    [
        (410, "", Reply(False, gone=True)),
        (410, "60", Reply(False, gone=True)),
        (429, "60", Reply(False, timedelta(minutes=1))),
        (503, "60", Reply(False, timedelta(minutes=1))),
        (429, "", Reply(False)),
        (429, "soon", Reply(False)),
        (429, "-5", Reply(False)),
        (429, "9" * 40, Reply(False, GIVE_UP_AFTER)),
        (429, "Thu, 01 Jan 1970 00:00:00 GMT", Reply(False)),
        (429, "Fri, 01 Jan 2100 00:00:00 GMT", Reply(False, GIVE_UP_AFTER)),
        (500, "60", Reply(False)),
    ],
)
def test_a_receiver_says_when_it_wants_the_next_try(
    status: int, retry_after: str, reply: Reply
) -> None:
    assert reply_to(status, retry_after, False) == replace(reply, status=status)


def test_an_acknowledgement_ends_the_tries() -> None:
    assert reply_to(200, "60", True) == Reply(True, status=200)
