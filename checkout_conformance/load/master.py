"""Locust's master, as a process: the job comes as JSON by standard input, the counts go out.

``python -m checkout_conformance.load.master BIND PORT OWN MORE``: it starts OWN workers on this
machine, and waits for MORE of others.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

# It has gevent replace what blocks, so it comes first.
import gevent
from gevent.event import Event
from locust.env import Environment
from locust.runners import MasterRunner
from locust.stats import StatsEntry

from checkout_conformance.load.job import ADDRESS, VISIT, Counted, Failure, Job, Row
from checkout_conformance.load.worker import DONE, JOB, READY, VirtualBuyer

WORKER = (sys.executable, "-m", "checkout_conformance.load.worker")
LOOPBACK, EVERYWHERE = "127.0.0.1", "0.0.0.0"
SECONDS_TO_COME, SECONDS_TO_PREPARE = 120, 60
# How long the last visits may take after the last arrival.
SECONDS_TO_END = 180
SECONDS_TO_REPORT = 30
PLACES_A_SECOND = 100


class LoadError(Exception):
    """The load did not run. The message says why."""


class Master:
    """Hands the job to the workers, and counts."""

    def __init__(self, bind: str, port: int, workers: int) -> None:
        self._environment = Environment(user_classes=[VirtualBuyer])
        self._runner: MasterRunner = self._environment.create_master_runner(bind, port)
        self._workers = workers
        # The processes of those on this machine.
        self.own: Sequence[subprocess.Popen[bytes]] = ()
        self._prepared: dict[str, str] = {}
        # By worker that has ended: how much it has counted.
        self._done: dict[str, int] = {}
        self._changed = Event()
        self._runner.register_message(READY, self._note_prepared)
        self._runner.register_message(DONE, self._note_done)

    def run(self, job: Job) -> Counted:
        """Have the job done. Raises LoadError if it cannot begin."""
        self._wait(SECONDS_TO_COME, lambda: self._has_lost or self._have_come())
        ready = self._runner.clients.ready[: self._workers]
        if self._has_lost or len(ready) < self._workers:
            raise LoadError(f"{len(ready)} of {self._workers} workers came, {self._has_lost} ended")
        for node, share in zip(ready, job.shares(self._workers), strict=True):
            self._runner.send_message(JOB, {"job": share.model_dump_json()}, node.id)
        self._wait(SECONDS_TO_PREPARE, lambda: self._has_lost or self._are_prepared())
        errors = sorted({error for error in self._prepared.values() if error})
        if errors or not self._are_prepared():
            raise LoadError("; ".join(errors) or "a worker did not get ready")
        # Locust warns of more places a second; each is taken when a buyer is due.
        self._runner.start(job.buyers, spawn_rate=min(job.buyers, PLACES_A_SECOND))
        last = max(visit.at for visit in job.visits)
        self._wait(last + SECONDS_TO_END, self._all_have_ended)
        lost = self._workers - len(self._done)
        self._wait(SECONDS_TO_REPORT, self._all_is_here)
        if not self._all_is_here():
            raise LoadError("a worker did not report all that it has counted")
        return self._counted(lost)

    @property
    def port(self) -> int:
        """Where workers find it."""
        return int(self._runner.server.port)

    def quit(self) -> None:
        """Let the workers go."""
        self._runner.quit()

    @property
    def _has_lost(self) -> int:
        """How many workers of this machine have ended; Locust notices others after a while."""
        return sum(process.poll() is not None for process in self.own)

    def _have_come(self) -> bool:
        return len(self._runner.clients.ready) >= self._workers

    def _are_prepared(self) -> bool:
        return len(self._prepared) == self._workers

    def _all_have_ended(self) -> bool:
        missing = [node for node in self._runner.clients.missing if node.id not in self._done]
        return len(self._done) + max(len(missing), self._has_lost) >= self._workers

    def _all_is_here(self) -> bool:
        # Workers report what they have counted every three seconds.
        return self._environment.stats.total.num_requests >= sum(self._done.values())

    def _wait(self, seconds: float, holds: Callable[[], object]) -> None:
        with gevent.Timeout(seconds, False):
            while not holds():
                # A worker that is lost sends nothing.
                self._changed.wait(timeout=0.2)
                self._changed.clear()

    def _note_prepared(self, msg: Any, **_more: Any) -> None:
        self._prepared[msg.node_id] = msg.data["error"]
        self._changed.set()

    def _note_done(self, msg: Any, **_more: Any) -> None:
        self._done[msg.node_id] = msg.data["records"]
        self._changed.set()

    def _counted(self, lost: int) -> Counted:
        stats = self._environment.stats
        entries = list(stats.entries.values())
        return Counted(
            rows=[_row(entry) for entry in entries],
            failures=[
                Failure(
                    kind=one.method, name=one.name, reason=str(one.error), times=one.occurrences
                )
                for one in stats.errors.values()
            ],
            visits_by_second=_by_second(entries, VISIT),
            requests_by_second=_by_second(entries, ADDRESS),
            workers_lost=lost,
        )


def _row(entry: StatsEntry) -> Row:
    percentile = entry.get_response_time_percentile
    return Row(
        kind=entry.method,
        name=entry.name,
        times=entry.num_requests,
        failures=entry.num_failures,
        mean=entry.avg_response_time,
        median=percentile(0.5),
        p95=percentile(0.95),
        p99=percentile(0.99),
        longest=entry.max_response_time,
    )


def _by_second(entries: Sequence[StatsEntry], kind: str) -> dict[int, int]:
    """Return how many of a kind ended in each second, from the first one on."""
    seconds: dict[int, int] = {}
    for entry in entries:
        if entry.method == kind:
            for second, times in entry.num_reqs_per_sec.items():
                seconds[second] = seconds.get(second, 0) + times
    if not seconds:
        return {}
    first, last = min(seconds), max(seconds)
    return {second - first: seconds.get(second, 0) for second in range(first, last + 1)}


@contextmanager
def _workers(count: int, host: str, port: int) -> Iterator[Sequence[subprocess.Popen[bytes]]]:
    running = [subprocess.Popen([*WORKER, host, str(port)]) for _ in range(count)]
    try:
        yield running
    finally:
        for each in running:
            each.terminate()
        for each in running:
            each.wait()


def main(bind: str, port: int, own: int, more: int) -> int:
    """Run the job; print the counts. The exit status is 1 with a line of why not."""
    job = Job.model_validate_json(sys.stdin.read())
    master = Master(bind, port, own + more)
    try:
        host = LOOPBACK if bind == EVERYWHERE else bind
        with _workers(own, host, master.port) as master.own:
            print(master.run(job).model_dump_json())
    except LoadError as error:
        print(f"The load did not run: {error}", file=sys.stderr)
        return 1
    finally:
        master.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:5])))
