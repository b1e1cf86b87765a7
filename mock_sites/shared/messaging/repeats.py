"""When a notification is sent again: the schedules, and what a receiver asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

INTERVALS = [timedelta(seconds=s) for s in (5, 15, 60, 300, 900, 1800, 3600)]
GIVE_UP_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Schedule:
    """The waits between one try and the next; the last one repeats until the day is over."""

    waits: tuple[timedelta, ...]

    def wait(self, tries: int) -> timedelta:
        """Return the wait after this many failed tries, from 1 on."""
        return self.waits[min(tries, len(self.waits)) - 1]


GROWING = Schedule(tuple(INTERVALS))
# 36 times a quarter of an hour, and 15 times an hour: a day.
QUARTERS_AND_HOURS = Schedule((timedelta(minutes=15),) * 36 + (timedelta(hours=1),) * 15)


@dataclass(frozen=True)
class Reply:
    """What a receiver said: it has the notification, wants it later, or never again.

    ``wait`` is the shortest time until the next try, if the receiver names one. ``status`` is
    the HTTP status, None without an answer; then ``failure`` is a word for the reason.
    """

    acknowledged: bool
    wait: timedelta = timedelta()
    gone: bool = False
    status: int | None = None
    failure: str = ""
    took: timedelta = timedelta()


GONE, TOO_MANY, UNAVAILABLE = 410, 429, 503


def reply_to(status: int, retry_after: str, acknowledged: bool) -> Reply:
    """Read an answer as HTTP means it: 410 ends the tries, Retry-After puts the next one off."""
    if acknowledged:
        return Reply(True, status=status)
    asks = status in (TOO_MANY, UNAVAILABLE)
    wait = _wait_asked_for(retry_after) if asks else timedelta()
    return Reply(False, wait, gone=status == GONE, status=status)


def _wait_asked_for(retry_after: str) -> timedelta:
    """Read seconds, or an HTTP date in real time; a day at most, nothing for any other text."""
    if retry_after.isascii() and retry_after.isdigit():
        return min(timedelta(seconds=int(retry_after[:9])), GIVE_UP_AFTER)
    try:
        wait = parsedate_to_datetime(retry_after) - datetime.now(UTC)
    except (ValueError, TypeError):
        return timedelta()
    return min(max(wait, timedelta()), GIVE_UP_AFTER)
