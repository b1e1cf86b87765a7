"""A background job of a site: it runs when woken, and again when it is due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

log = logging.getLogger(__name__)

RETRY_AFTER_ERROR = timedelta(seconds=1)


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

    def wake(self) -> None:
        """Run the job soon: there is something to do."""
        self._woken.set()

    def stop(self) -> None:
        """End after the present run, and wait for that."""
        self._stopping = True
        self._woken.set()
        if self.is_alive():
            self.join()

    def run(self) -> None:
        """The thread's body."""
        while True:
            self._woken.clear()
            # Looked at after the clearing: a stop() in between must not be slept through.
            if self._stopping:
                return
            due = self.run_once()
            self._woken.wait(None if due is None else due.total_seconds())

    def run_once(self) -> timedelta | None:
        """Do the job now, in the caller's thread; how long until it is due again."""
        try:
            return self.do_job()
        except Exception:
            log.exception("%s failed and will be tried again", self.name)
            return RETRY_AFTER_ERROR

    def do_job(self) -> timedelta | None:
        """Run the job once; an error in it is raised to the caller."""
        return self._job()
