"""``checkout-conformance load``: virtual buyers walk the procedures in great number."""

from __future__ import annotations

import argparse
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
import pytest

from checkout_conformance.commands import SETTINGS, Parsed, folder_option, positive
from checkout_conformance.content import LoadContent, load_content
from checkout_conformance.data import CURRENT
from checkout_conformance.load.job import Arrivals, Counted, Job, PlannedVisit
from checkout_conformance.load.limits import require_load
from checkout_conformance.load.report import Report, write_report
from checkout_conformance.load.thresholds import Threshold, errors_of, parse_threshold
from checkout_conformance.people import Buyer, invent_buyer
from checkout_conformance.processes.mock_stack import MockStack, StackError, running_stack
from checkout_conformance.project import LATEST, OWN, OWN_FILE
from checkout_conformance.redaction.secrets import hide, redact
from checkout_conformance.statuses import Status
from checkout_conformance.targets.buyer_pool import BuyerPool
from checkout_conformance.targets.control_client import ControlsError
from checkout_conformance.targets.file import SafetyRefusal, TargetError, TargetFile
from checkout_conformance.targets.inbox import inbox_of
from checkout_conformance.targets.target import SiteUnreachable, Target, target_file, target_of
from checkout_conformance.team import ProjectError

MASTER = (sys.executable, "-m", "checkout_conformance.load.master")
THINK = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)-(\d{1,3}(?:\.\d{1,3})?)")
RATE = re.compile(r"\d{1,4}(?:\.\d{1,3})?")
NO_LOCUST = "load needs Locust: pip install 'checkout-conformance[load]'"
NO_FAILURES = "failures < 1 %"


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
    thresholds: Sequence[Threshold]


def _think(text: str) -> tuple[float, float]:
    found = THINK.fullmatch(text)
    if found is None or float(found[1]) > float(found[2]):
        raise argparse.ArgumentTypeError("give the shortest and the longest pause: 1-3")
    return float(found[1]), float(found[2])


def _above_zero(text: str) -> float:
    if not RATE.fullmatch(text) or not float(text):
        raise argparse.ArgumentTypeError(f"{text} is not a number above 0, such as 2.5")
    return float(text)


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
        counted = _counted(options, job)
        took = time.monotonic() - began
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


def _procedures(names: Sequence[str]) -> Mapping[str, int]:
    known = load_content().walks
    if unknown := [name for name in names if name not in known]:
        raise click.UsageError(
            f"there is no procedure {unknown[0]} to walk, only: {', '.join(known)}"
        )
    wanted = names or list(known)
    return {name: wanted.count(name) for name in wanted}


def _option(
    name: str, parse: Callable[[str], object], default: str, words: str
) -> Callable[[Any], Any]:
    kind = Parsed(parse)
    return click.option(name, type=kind, default=default, show_default=True, help=words)


@click.command(context_settings=SETTINGS)
@click.option(
    "--target",
    default=str(OWN / OWN_FILE) if OWN else "mock",
    metavar="NAME|FILE",
    help="the target: a file, or the name of one in targets/ (default: the project's"
    " checkout.toml, or mock)",
)
@click.option("--locale", metavar="LANGUAGE", help="language of the pages")
@click.option(
    "--procedure",
    multiple=True,
    metavar="W1",
    help="walk this one (can be repeated; one that is named twice comes twice as often)",
)
@_option("--arrivals", _above_zero, "2", "how many buyers arrive in a second, on average")
@_option("--seconds", _above_zero, "30", "how long buyers arrive")
@_option("--buyers", positive, "200", "how many buyers are busy at a time; others wait")
@_option("--think", _think, "1-3", "shortest and longest pause after a clause, in seconds")
@_option("--workers", positive, "1", "processes of virtual buyers on this machine")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=0,
    metavar="N",
    help="the port of the master for workers (default: any free one)",
)
@click.option(
    "--more-workers",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="wait for so many workers of other machines too; they see everything of the job",
)
@click.option(
    "--bind", default="127.0.0.1", metavar="HOST", help="the address of the master for workers"
)
@click.option("--seed", type=int, help="draw the same arrivals and buyers again")
@click.option(
    "--threshold",
    type=Parsed(parse_threshold),
    multiple=True,
    metavar="TEXT",
    help=f"what must hold, such as 'W1.6 p95 < 500 ms' (can be repeated; default: {NO_FAILURES})",
)
@folder_option(LATEST)
def command(
    target: str,
    locale: str | None,
    procedure: Sequence[str],
    arrivals: float,
    seconds: float,
    buyers: int,
    think: tuple[float, float],
    workers: int,
    port: int,
    more_workers: int,
    bind: str,
    seed: int | None,
    threshold: Sequence[Threshold],
    into: Path,
) -> int:
    """Have virtual buyers walk the procedures in great number, over HTTP.

    On your own sites it starts only if each has shown that it is a test instance, and if [load] of
    the target file allows as much. It never spends more than [spend] allows.

    \b
    Exit status
      0  all thresholds hold, and the books of the mock sites are right
      1  a threshold does not hold, or the books are wrong
      2  there is no telling: the load did not run, or a worker was lost
      3  an argument or the target file is wrong
      4  refused for safety
    """
    if find_spec("locust") is None:
        print(NO_LOCUST, file=sys.stderr)
        return Status.CANNOT_TELL
    try:
        settings = target_file(target)
        CURRENT.use(settings.data)
        seed = secrets.randbits(32) if seed is None else seed
        drawn = Arrivals(arrivals, seconds, _procedures(procedure), seed)
        require_load(settings, drawn, buyers)
        thresholds = threshold or [parse_threshold(NO_FAILURES)]
        options = Options(
            target, locale, drawn, buyers, think, workers, more_workers, bind, port, thresholds
        )
        report = run_load(options, settings)
    except SafetyRefusal as error:
        print(error, file=sys.stderr)
        return Status.REFUSED
    except (TargetError, ProjectError) as error:
        print(error, file=sys.stderr)
        return Status.USAGE
    except pytest.skip.Exception as lacking:
        print(f"Buyers cannot be made: {lacking}. Give the target [[buyers]].", file=sys.stderr)
        return Status.USAGE
    except (CannotLoad, StackError, ControlsError, SiteUnreachable) as error:
        print(f"There is no result: {redact(str(error))}", file=sys.stderr)
        return Status.CANNOT_TELL
    page = write_report(report, into)
    print("\n".join([*report.lines(), f"With charts: {page}"]))
    return report.status
