"""One load: the buyers, the sites, Locust in its own processes, and the books at the end."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from checkout_conformance.content import LoadContent, load_content
from checkout_conformance.load.canaries import running_canaries
from checkout_conformance.load.job import Arrivals, CanaryJob, Counted, Job, PlannedVisit
from checkout_conformance.load.report import Report
from checkout_conformance.load.thresholds import Threshold, errors_of
from checkout_conformance.people import Buyer, invent_buyer
from checkout_conformance.processes.mock_stack import MockStack, running_stack
from checkout_conformance.redaction.secrets import hide
from checkout_conformance.targets.buyer_pool import BuyerPool
from checkout_conformance.targets.file import TargetFile
from checkout_conformance.targets.inbox import inbox_of
from checkout_conformance.targets.target import Target, target_of

MASTER = (sys.executable, "-m", "checkout_conformance.load.master")


class CannotLoad(Exception):
    """The load did not run. The message says why."""


@dataclass(frozen=True)
class Options:
    """What is wanted on the command line."""

    target: str
    locale: str | None
    arrivals: Arrivals
    buyers: int
    think: tuple[float, float]
    workers: int
    more_workers: int
    bind: str
    port: int
    canaries: int
    thresholds: Sequence[Threshold]


def plan_visits(
    content: LoadContent, target: Target, file: TargetFile, arrivals: Arrivals
) -> list[PlannedVisit]:
    """Plan the visits and open the accounts of their buyers.

    Buyers of the file take turns; without any, each visit has a new one. Raises ControlsError and
    SiteUnreachable.
    """
    pool = [
        Buyer(one.name, one.phone, hide(one.password_env.get_secret_value())) for one in file.buyers
    ]
    controls = _controls(content, target, file)
    planned = []
    for number, (at, procedure) in enumerate(arrivals.draw()):
        new = not pool
        buyer = invent_buyer(f"{arrivals.seed} {number}") if new else pool[number % len(pool)]
        content.open_accounts(controls, buyer, procedure)
        planned.append(
            PlannedVisit(
                at=at,
                procedure=procedure,
                name=buyer.name,
                phone=buyer.phone,
                password=buyer.password,
            )
        )
    return planned


def _controls(content: LoadContent, target: Target, file: TargetFile) -> Any:
    return content.controls(target, inbox_of(file.codes), BuyerPool(file.buyers).accounts)


@contextmanager
def _found_target(file: TargetFile, locale: str | None) -> Iterator[tuple[Target, MockStack]]:
    """Yield the target with its mock sites, which are served meanwhile."""
    target = replace(target_of(file).in_locale(locale), on_screen=False)
    if target.mocks is None:
        yield target, MockStack({}, "", "")
        return
    with (
        tempfile.TemporaryDirectory(prefix="load-", ignore_cleanup_errors=True) as folder,
        running_stack(Path(folder), target=target) as stack,
    ):
        yield target.found_at(stack.urls, stack.control_token, stack.merchant_key), stack


def run_load(options: Options, file: TargetFile) -> Report:
    """Put the target under load. Raises CannotLoad, StackError, ControlsError, SiteUnreachable."""
    content = load_content()
    with _found_target(file, options.locale) as (target, stack):
        visits = plan_visits(content, target, file, options.arrivals)
        if not visits:
            raise CannotLoad("no buyer arrives in so short a time: raise --seconds or --arrivals")
        print(f"{len(visits)} buyers come in {options.arrivals.seconds:g} s", flush=True)
        job = Job(
            target=options.target,
            locale=options.locale,
            urls=dict(stack.urls),
            control_token=stack.control_token,
            merchant_key=stack.merchant_key,
            spend=file.spend,
            think=options.think,
            buyers=min(options.buyers, len(visits)),
            visits=visits,
        )
        began = time.monotonic()
        with running_canaries(_canary_jobs(options, stack)) as end_canaries:
            counted = _counted(options, job)
            took = time.monotonic() - began
            canaries = end_canaries()
        counted.canaries, counted.canary_failures = canaries.rows, canaries.failures
        books = None
        if not target.does_lack("records") and not target.has_real_clock and target.mocks:
            books = list(content.discrepancies(_controls(content, target, file)))
    return Report(
        target=file.name,
        locale=target.locale,
        arrivals=options.arrivals,
        buyers=job.buyers,
        workers=options.workers + options.more_workers,
        took=took,
        counted=counted,
        books=books,
        errors=errors_of(options.thresholds, counted, options.arrivals.seconds),
    )


def _canary_jobs(options: Options, stack: MockStack) -> list[CanaryJob]:
    return [
        CanaryJob(
            target=options.target,
            locale=options.locale,
            urls=dict(stack.urls),
            control_token=stack.control_token,
            merchant_key=stack.merchant_key,
            procedures=list(options.arrivals.procedures),
            seed=f"canary {number} {options.arrivals.seed}",
            think=options.think,
        )
        for number in range(options.canaries)
    ]


def _counted(options: Options, job: Job) -> Counted:
    """Have Locust do the job, in processes of its own: it replaces what blocks everywhere."""
    numbers = map(str, (options.port, options.workers, options.more_workers))
    done = subprocess.run(
        [*MASTER, options.bind, *numbers],
        input=job.model_dump_json(),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotLoad("see above")
    return Counted.model_validate_json(done.stdout)
