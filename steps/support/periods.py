"""Spans of time in sentences, and how often is too often: by the data where no document says it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from ..data import Data, data

UNITS = ("seconds", "minutes", "hours")
A_LITTLE = timedelta(seconds=10)
A_MINUTE = timedelta(minutes=1)
Period = Callable[[Data], timedelta]
# By the words that sentences have for them.
PERIODS: dict[str, Period] = {
    "the minutes of the lock": lambda known: known.lock,
    "the minutes of a code": lambda known: known.code,
    "almost the minutes of a code": lambda known: known.code - A_LITTLE,
    "more than the minutes of a code": lambda known: known.code + A_MINUTE,
    "some minutes of a code": lambda known: known.code * 2 // 5,
    "the seconds before a new code": lambda known: known.new_code,
    "the hours of an invoice": lambda known: known.invoice,
    "almost the hours of an invoice": lambda known: known.invoice - 2 * A_MINUTE,
}
SPAN_PATTERN = r"(?:\d+ )?{words}"
# How many wrong codes or passwords fewer than the number that locks.
OFTEN = {"too often": 0, "almost too often": 1}


def read_span(text: str) -> timedelta:
    """Read ``30 seconds`` or ``the minutes of a code``. Raises ValueError for a number of periods,
    or a unit without a number."""
    if text in PERIODS:
        return PERIODS[text](data())
    number, unit = text.split(" ")
    return timedelta(**{unit: int(number)})


def read_often(text: str) -> int:
    """Read ``too often``: how many fewer than the number that locks."""
    return OFTEN[text]
