"""A clock that only a test moves, so that a deadline can be tried to the second."""

from __future__ import annotations

from datetime import UTC, datetime

from mock_sites.shared.runtime.clock import Clock


class StandingClock(Clock):
    """Stands still between two steps, however slow the machine is."""

    def __init__(self, start: datetime | None = None) -> None:
        super().__init__()
        self._start = start or datetime.now(UTC)

    def now(self) -> datetime:
        """The start, or the moment of its making, plus the steps since."""
        return self._start + self._ahead
