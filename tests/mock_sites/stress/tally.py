"""What a run counts: operations by kind, how they ended, and every violation."""

from __future__ import annotations

from collections import Counter
from threading import Lock


class Done(Exception):
    """The number of operations that was wanted has been made."""


class BrokenOff(Exception):
    """What a buyer was doing came to no end: a site is unreachable, or a fault has struck."""


class Tally:
    """Counts for all threads; at most ``wanted`` operations are begun."""

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        self.violations: list[str] = []
        # What the sites said of errors.
        self.log = ""
        self._kinds: Counter[str] = Counter()
        self._lock = Lock()
        self._begun = 0

    @property
    def begun(self) -> int:
        """How many operations were begun so far."""
        with self._lock:
            return self._begun

    def begin(self, kind: str) -> None:
        """Count an operation. Raises Done once there were enough."""
        with self._lock:
            if self._begun >= self.wanted:
                raise Done
            self._begun += 1
            self._kinds[kind] += 1

    def note(self, kind: str) -> None:
        """Count something that is no operation of its own, such as a kill."""
        with self._lock:
            self._kinds[kind] += 1

    def violation(self, what: str) -> None:
        """Keep what must not be."""
        with self._lock:
            self.violations.append(what)

    def counted(self) -> dict[str, int]:
        """How often each kind was counted."""
        with self._lock:
            return dict(sorted(self._kinds.items()))
