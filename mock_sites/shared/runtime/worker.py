"""A background job of a site: it runs when woken, and again when it is due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

from .database import Database
from .named_locks import NamedLocks

log = logging.getLogger(__name__)

RETRY_AFTER_ERROR = timedelta(seconds=1)
# When to look again whether another process has ended what it was doing.
LOOK_AGAIN = timedelta(seconds=0.2)
# When to look for what a process that has died has left undone.
LOOK_FOR_LEFT = timedelta(seconds=5)


class Worker(Thread):
    """Runs ``job`` at the start, after each :meth:`wake`, and after the time the job returns.

    ``job`` returns how long to wait before the next run, or None to wait until it is woken. An
    error in the job is logged and the job tried again: a site does not lose its worker.
    """

    def __init__(self, name: str, job: Callable[[], timedelta | None]) -> None:
        super().__init__(name=name, daemon=True)
        self._job = job
        self._woken = Event()
        self._stopping = False
        self._turns: NamedLocks | None = None
        self._longest_wait: timedelta | None = None

    def share(self, database: Database) -> None:
        """Run the job in one process at a time, and look after what another one has left."""
        self._turns = NamedLocks(database)
        self._longest_wait = LOOK_FOR_LEFT

    def wake(self) -> None:
        """Run the job soon: there is something to do."""
        self._woken.set()

    def stop(self) -> None:
        """End after the present run, and wait for that."""
        self._stopping = True
        self._woken.set()
        if self.is_alive():
            self.join()
        if self._turns is not None:
            self._turns.close()

    def run(self) -> None:
        """The thread's body."""
        while True:
            self._woken.clear()
            # Looked at after the clearing: a stop() in between must not be slept through.
            if self._stopping:
                return
            due = self._soonest(self.run_once(), self._longest_wait)
            self._woken.wait(None if due is None else due.total_seconds())

    def run_once(self) -> timedelta | None:
        """Do the job now, in the caller's thread; how long until it is due again."""
        try:
            return self._take_turn()
        except Exception:
            log.exception("%s failed and will be tried again", self.name)
            return RETRY_AFTER_ERROR

    def _take_turn(self) -> timedelta | None:
        if self._turns is None:
            return self.do_job()
        if not self._turns.take(self.name):
            return LOOK_AGAIN
        try:
            return self.do_job()
        finally:
            self._turns.give_back(self.name)

    def do_job(self) -> timedelta | None:
        """Run the job once; an error in it is raised to the caller."""
        return self._job()

    @staticmethod
    def _soonest(*waits: timedelta | None) -> timedelta | None:
        return min((wait for wait in waits if wait is not None), default=None)
