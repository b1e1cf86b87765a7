"""One process of virtual buyers: ``python -m checkout_conformance.load.worker HOST PORT``.

Locust's FastHttpUser is not used: it sends requests, and the page objects read pages. So a User
with a client of its own walks them over the HTTP driver, and tells Locust what it measured.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

# It has gevent replace what blocks, so it comes before everything that connects or waits.
import gevent
import locust
import pytest
from locust.env import Environment
from locust.exception import StopUser
from locust.runners import WorkerRunner

from checkout_conformance.content import load_content
from checkout_conformance.data import CURRENT
from checkout_conformance.drivers.http.exchange import OBSERVERS, Exchange
from checkout_conformance.load.job import ADDRESS, ARRIVAL, LATE, VISIT, Job, PlannedVisit
from checkout_conformance.load.visit import Visit, VisitFailed, pages_over_http, reason_of
from checkout_conformance.redaction.secrets import hide
from checkout_conformance.safety.guarded_presses import guarded_presses
from checkout_conformance.safety.marker import require_test_instances
from checkout_conformance.targets.buyer_pool import BuyerPool
from checkout_conformance.targets.inbox import inbox_of
from checkout_conformance.targets.target import Target, target_file, target_of

JOB, READY, DONE = "job", "job_ready", "job_done"
# What is of one buyer in an address: ids, tokens and numbers.
OWN_PART = re.compile(r"(?<=/)(?:[0-9a-f-]{32,36}|\d+|[\w-]{20,})(?=/|$)")


class Failed(Exception):
    """The reason of a failure, in the words in which Locust lists it."""

    def __repr__(self) -> str:
        return str(self)


class Work:
    """The visits of this process: walked by Locust's users, each when it is due."""

    def __init__(self, job: Job, environment: Environment, folder: Path) -> None:
        """Raises TargetError; SafetyRefusal if a site is no test instance."""
        file = target_file(job.target)
        require_test_instances(file.sites)
        CURRENT.use(file.data)
        target = replace(
            target_of(file).in_locale(job.locale),
            press_guard=guarded_presses(file, folder, job.spend),
        )
        self._target = target.found_at(job.urls, job.control_token, job.merchant_key)
        if self._target.press_guard is not None:
            self._target.press_guard.trust(list(job.urls.values()))
        self._open_page = pages_over_http(self._target, file.patience_seconds)
        accounts = BuyerPool(file.buyers).accounts
        self._content = load_content()
        self._controls = self._content.controls(self._target, inbox_of(file.codes), accounts)
        self._visits = deque(job.visits)
        self._environment = environment
        self._think_of = job.think
        self._chance = Random()
        self._busy: dict[str, Lock] = defaultdict(Lock)
        self._walking = 0
        self._has_ended = False
        self._began: float | None = None
        # How much was counted so far.
        self.records = 0
        self.on_end: Callable[[], None] = lambda: None
        OBSERVERS.set(self._observed)

    def take(self) -> PlannedVisit | None:
        """Wait until the next visit is due and its buyer is free; None if there is no more."""
        self._began = time.monotonic() if self._began is None else self._began
        if not self._visits:
            self._end_if_done()
            return None
        visit = self._visits.popleft()
        self._walking += 1
        gevent.sleep(max(self._began + visit.at - time.monotonic(), 0))
        self._busy[visit.phone].acquire()
        self.record(ARRIVAL, LATE, time.monotonic() - self._began - visit.at, None)
        return visit

    def walk(self, planned: PlannedVisit) -> None:
        """Walk a visit, and count it."""
        hide(planned.password)
        visit = Visit(
            planned.buyer,
            self._target,
            self._controls,
            self.record,
            self._think,
            self._open_page,
        )
        began = time.monotonic()
        failure: str | None = None
        try:
            self._content.walks[planned.procedure](visit)
        except VisitFailed as failed:
            failure = f"at {failed}"
        except pytest.skip.Exception as skipped:
            failure = reason_of(skipped)
        except Exception as error:
            failure = reason_of(error)
        finally:
            self.record(VISIT, planned.procedure, time.monotonic() - began, failure)
            self._busy[planned.phone].release()
            self._walking -= 1
            self._end_if_done()

    def _end_if_done(self) -> None:
        if not (self._visits or self._walking or self._has_ended):
            self._has_ended = True
            self.on_end()

    def record(self, kind: str, name: str, seconds: float, failure: str | None) -> None:
        """Count something, with Locust."""
        self.records += 1
        self._environment.events.request.fire(  # type: ignore[no-untyped-call]
            request_type=kind,
            name=name,
            response_time=1000 * seconds,
            response_length=0,
            exception=None if failure is None else Failed(failure),
            context={},
        )

    def _think(self) -> None:
        gevent.sleep(self._chance.uniform(*self._think_of))

    @contextmanager
    def _observed(self, exchange: Exchange) -> Iterator[None]:
        name, began = address_of(exchange, self._target), time.monotonic()
        failure: str | None = None
        try:
            yield
            if exchange.status is None or exchange.status >= 500:
                failure = f"status {exchange.status}"
        except Exception as error:
            failure = type(error).__name__
            raise
        finally:
            self.record(ADDRESS, name, time.monotonic() - began, failure)


def address_of(exchange: Exchange, target: Target) -> str:
    """Name an address by method, site and path, without what is of one buyer."""
    parts = urlsplit(exchange.url)
    hosts = {urlsplit(url).netloc: site for site, url in target.urls.items()}
    path = OWN_PART.sub("…", parts.path)
    return f"{exchange.method} {hosts.get(parts.netloc, parts.netloc)} {path}"


class VirtualBuyer(locust.User):
    """A place for one buyer at a time."""

    work: Work | None = None

    @locust.task
    def come(self) -> None:
        """Walk the next visit when it is due; end when there is none."""
        assert self.work is not None
        planned = self.work.take()
        if planned is None:
            raise StopUser
        self.work.walk(planned)


def main(host: str, port: int) -> None:
    """Do one share of a load for the master, and end with it."""
    environment = Environment(user_classes=[VirtualBuyer])
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        worker: WorkerRunner = environment.create_worker_runner(host, port)

        def begin(msg: Any, **_more: Any) -> None:
            try:
                work = Work(Job.model_validate_json(msg.data["job"]), environment, Path(folder))
            except Exception as error:
                worker.send_message(READY, {"error": reason_of(error)})
                return
            work.on_end = lambda: worker.send_message(DONE, {"records": work.records})
            VirtualBuyer.work = work
            worker.send_message(READY, {"error": ""})

        worker.register_message(JOB, begin)
        worker.greenlet.join()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
