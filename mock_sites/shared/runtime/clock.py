"""The one clock of a stack: real time, plus what the test controls have added to it."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from filelock import FileLock

from .data_folder import DataError, read_text, write_whole

# Calendars end with the year 9999: a year is left for the deadlines that begin at the last moment.
LATEST = datetime(9999, 1, 1, tzinfo=UTC)


class Clock:
    """Tells every site of a stack the same time.

    Only :meth:`advance` moves it apart from real time; where a file is given the distance
    survives a restart, so that a payment begun before a crash keeps its deadlines. If it is
    ``shared``, other processes may write the file: it is read again when it has changed. Raises
    DataError for a file that does not hold such a distance.
    """

    def __init__(self, file: Path | None = None, *, shared: bool = False) -> None:
        self._file = file
        self._shared = shared
        self._lock: Lock | FileLock = Lock()
        self._listeners: list[Callable[[], None]] = []
        self._version = _version_of(file)
        self._ahead = timedelta() if file is None else _kept_distance(file)
        if shared and file is not None:
            self._lock = FileLock(file.with_name(f"{file.name}.lock"))

    def now(self) -> datetime:
        """The stack's present moment, in UTC."""
        if self._shared:
            self._follow_others()
        return datetime.now(UTC) + self._ahead

    def advance(self, by: timedelta) -> datetime:
        """Move the clock forward and call the listeners.

        Raises ValueError for a negative step, since time does not run back, and for one beyond
        the year 9998.
        """
        if by < timedelta():
            raise ValueError("the clock only goes forward; give a positive number of seconds")
        with self._lock:
            if by > LATEST - self.now():
                raise ValueError(f"the clock goes no further than {LATEST:%Y-%m-%d}")
            ahead = self._ahead + by
            if self._file is not None:
                write_whole(self._file, str(ahead.total_seconds()))
                self._version = _version_of(self._file)
            self._ahead = ahead
        for listener in self._listeners:
            listener()
        return self.now()

    def on_advance(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after every step of the clock."""
        self._listeners.append(listener)

    def _follow_others(self) -> None:
        version = _version_of(self._file)
        if version != self._version and self._file is not None:
            self._ahead, self._version = _kept_distance(self._file), version


def _version_of(file: Path | None) -> tuple[int, int] | None:
    """Tell apart what a file holds: each writing makes a new one."""
    if file is None:
        return None
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def _kept_distance(file: Path) -> timedelta:
    text = read_text(file)
    if text is None:
        return timedelta()
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    longest = (LATEST - datetime.now(UTC)).total_seconds()
    if not 0 <= seconds <= longest:
        raise DataError(
            f"cannot use {file}: it holds {text[:40]!r}, not how many seconds the clock is ahead"
            f" of real time, at most {longest:.0f}. Write that number into it, or delete it to go"
            " back to real time."
        )
    return timedelta(seconds=seconds)
