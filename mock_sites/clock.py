"""The one clock of a stack: real time, plus what the test controls have added to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock


class Clock:
    """Tells every site of a stack the same time.

    Only :meth:`advance` moves it apart from real time; where a file is given the distance
    survives a restart, so that a payment begun before a crash keeps its deadlines.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._lock = Lock()
        self._listeners: list[Callable[[], None]] = []
        kept = file.read_text() if file is not None and file.exists() else "0"
        self._ahead = timedelta(seconds=float(kept))

    def now(self) -> datetime:
        """The stack's present moment, in UTC."""
        return datetime.now(UTC) + self._ahead

    def advance(self, by: timedelta) -> datetime:
        """Move the clock forward and wake whoever waits for a deadline.

        Raises ValueError for a negative step: time does not run back.
        """
        if by < timedelta():
            raise ValueError("the clock only goes forward; give a positive number of seconds")
        with self._lock:
            self._ahead += by
            if self._file is not None:
                _write_whole(self._file, str(self._ahead.total_seconds()))
        for listener in self._listeners:
            listener()
        return self.now()

    def on_advance(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` after every step of the clock."""
        self._listeners.append(listener)


def _write_whole(file: Path, text: str) -> None:
    """Replace what stands in a file; whoever is killed meanwhile leaves the old text or the new."""
    new = file.with_name(f"{file.name}.new")
    new.write_text(text)
    new.replace(file)
