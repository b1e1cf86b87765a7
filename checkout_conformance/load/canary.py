"""A real browser beside a load: ``python -m checkout_conformance.load.canary``.

It reads its job, a line of JSON, and walks the procedures in turn until its input ends. Then it
ends the visit under way, and writes what it has counted. It is a process without Locust, whose
gevent Playwright does not bear.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from random import Random
from statistics import mean, median
from threading import Event, Thread
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, sync_playwright

from checkout_conformance.content import load_content
from checkout_conformance.data import CURRENT
from checkout_conformance.drivers.chromium import find_chromium, launch_args
from checkout_conformance.drivers.devices import window_of
from checkout_conformance.drivers.page import Page
from checkout_conformance.load.job import VISIT, CanaryCounted, CanaryJob, Failure, Row
from checkout_conformance.load.visit import OpenPage, Visit, VisitFailed, reason_of
from checkout_conformance.people import invent_buyer
from checkout_conformance.safety.network_guard import browser_rules
from checkout_conformance.targets.inbox import inbox_of
from checkout_conformance.targets.target import Target, target_file, target_of


class Tally:
    """What was measured, by kind and name."""

    def __init__(self) -> None:
        self._times: dict[tuple[str, str], list[float]] = defaultdict(list)
        self._failures: Counter[tuple[str, str, str]] = Counter()

    def record(self, kind: str, name: str, seconds: float, failure: str | None) -> None:
        """Count something that took so long; ``failure`` is the reason if it failed."""
        self._times[kind, name].append(1000 * seconds)
        if failure is not None:
            self._failures[kind, name, failure] += 1

    def counted(self) -> CanaryCounted:
        """The rows and the failures."""
        failed: Counter[tuple[str, str]] = Counter()
        for (kind, name, _), times in self._failures.items():
            failed[kind, name] += times
        return CanaryCounted(
            rows=[_row(*of, times, failed[of]) for of, times in self._times.items()],
            failures=[
                Failure(kind=kind, name=name, reason=reason, times=times)
                for (kind, name, reason), times in self._failures.items()
            ],
        )


def _row(kind: str, name: str, times: Sequence[float], failures: int) -> Row:
    in_order = sorted(times)
    return Row(
        kind=kind,
        name=name,
        times=len(in_order),
        failures=failures,
        mean=mean(in_order),
        median=median(in_order),
        p95=at_share(in_order, 0.95),
        p99=at_share(in_order, 0.99),
        longest=in_order[-1],
    )


def at_share(in_order: Sequence[float], share: float) -> float:
    """The first value that at least this share of all does not exceed."""
    return in_order[min(int(share * len(in_order)), len(in_order) - 1)]


class Canary:
    """Walks procedures in a browser, each visit in a context of its own."""

    def __init__(self, job: CanaryJob, tally: Tally, stopping: Event) -> None:
        """Raises TargetError."""
        file = target_file(job.target)
        CURRENT.use(file.data)
        described = target_of(file).in_locale(job.locale)
        self._target: Target = described.found_at(job.urls, job.control_token, job.merchant_key)
        self._patience = file.patience_seconds
        self._content = load_content()
        self._controls = self._content.controls(self._target, inbox_of(file.codes), ())
        self._job, self._tally, self._stopping = job, tally, stopping
        self._chance = Random(job.seed)

    def walk_until_stopped(self) -> None:
        """Walk one procedure after the other, at least one. Raises what opening accounts does."""
        with sync_playwright() as playwright:
            program = find_chromium()
            arguments = [*launch_args(), browser_rules()]
            browser = playwright.chromium.launch(executable_path=program, args=arguments)

            def new_context(device: str) -> BrowserContext:
                window = window_of(device, playwright.devices)
                context = browser.new_context(**window, locale=self._target.locale)
                context.set_default_timeout(1000 * self._patience)
                return context

            for number, procedure in enumerate(itertools.cycle(self._job.procedures)):
                with _tabs(new_context) as open_page:
                    self._walk(procedure, f"{self._job.seed} {number}", open_page)
                if self._stopping.is_set():
                    break
            browser.close()

    def _walk(self, procedure: str, seed: str, open_page: OpenPage) -> None:
        buyer = invent_buyer(seed)
        self._content.open_accounts(self._controls, buyer, procedure)
        record = self._tally.record
        visit = Visit(buyer, self._target, self._controls, record, self._think, open_page)
        began, failure = time.monotonic(), None
        try:
            self._content.walks[procedure](visit)
        except VisitFailed as failed:
            failure = f"at {failed}"
        except (Exception, pytest.skip.Exception) as error:
            failure = reason_of(error)
        record(VISIT, procedure, time.monotonic() - began, failure)

    def _think(self) -> None:
        # A canary that is to stop does not pause any more.
        self._stopping.wait(self._chance.uniform(*self._job.think))


@contextmanager
def _tabs(new_context: Any) -> Iterator[OpenPage]:
    """Open tabs while the block runs, and close them."""
    opened: list[BrowserContext] = []

    def open_page(device: str) -> Page:
        opened.append(new_context(device))
        page: Page = opened[-1].new_page()
        return page

    yield open_page
    for context in opened:
        context.close()


def main() -> int:
    """Walk until the input ends, then write the counts; the exit status is 1 without them."""
    job, stopping, tally = CanaryJob.model_validate_json(sys.stdin.readline()), Event(), Tally()

    def wait_for_end() -> None:
        sys.stdin.read()
        stopping.set()

    Thread(target=wait_for_end, name="end of input", daemon=True).start()
    try:
        Canary(job, tally, stopping).walk_until_stopped()
    except (Exception, pytest.skip.Exception) as error:
        print(f"a canary ended: {reason_of(error)}", file=sys.stderr)
        return 1
    print(tally.counted().model_dump_json())
    return 0


if __name__ == "__main__":
    sys.exit(main())
