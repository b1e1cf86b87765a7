"""``checkout-conformance load``: virtual buyers walk the procedures in great number."""

from __future__ import annotations

import argparse
import re
import secrets
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

import click
import pytest

from checkout_conformance.commands import SETTINGS, Parsed, folder_option, positive
from checkout_conformance.content import load_content
from checkout_conformance.data import CURRENT
from checkout_conformance.load.canaries import CanaryLost, require_mock_sites
from checkout_conformance.load.job import Arrivals
from checkout_conformance.load.limits import require_load
from checkout_conformance.load.report import write_report
from checkout_conformance.load.running import CannotLoad, Options, run_load
from checkout_conformance.load.thresholds import Threshold, parse_threshold
from checkout_conformance.processes.mock_stack import StackError
from checkout_conformance.project import LATEST, OWN, OWN_FILE
from checkout_conformance.redaction.secrets import redact
from checkout_conformance.statuses import Status
from checkout_conformance.targets.control_client import ControlsError
from checkout_conformance.targets.file import SafetyRefusal, TargetError
from checkout_conformance.targets.glossary import LOCALES
from checkout_conformance.targets.target import SiteUnreachable, target_file
from checkout_conformance.team import ProjectError

THINK = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)-(\d{1,3}(?:\.\d{1,3})?)")
RATE = re.compile(r"\d{1,4}(?:\.\d{1,3})?")
NO_LOCUST = "load needs Locust: pip install 'checkout-conformance[load]'"
NO_FAILURES = "failures < 1 %"


def _think(text: str) -> tuple[float, float]:
    found = THINK.fullmatch(text)
    if found is None or float(found[1]) > float(found[2]):
        raise argparse.ArgumentTypeError("give the shortest and the longest pause: 1-3")
    return float(found[1]), float(found[2])


def _above_zero(text: str) -> float:
    if not RATE.fullmatch(text) or not float(text):
        raise argparse.ArgumentTypeError(f"{text} is not a number above 0, such as 2.5")
    return float(text)


def _procedures(names: Sequence[str]) -> Mapping[str, int]:
    known = load_content().walks
    if unknown := [name for name in names if name not in known]:
        raise click.UsageError(
            f"there is no procedure {unknown[0]} to walk, only: {', '.join(known)}"
        )
    wanted = names or list(known)
    return {name: wanted.count(name) for name in wanted}


@click.command(context_settings=SETTINGS)
@click.option(
    "--target",
    default=str(OWN / OWN_FILE) if OWN else "mock",
    metavar="NAME|FILE",
    help="the target: a file, or the name of one in targets/ (default: the project's"
    " checkout.toml, or mock)",
)
@click.option("--locale", type=click.Choice(LOCALES), help="language of the pages")
@click.option(
    "--procedure",
    multiple=True,
    metavar="W1",
    help="walk this one (can be repeated; one that is named twice comes twice as often)",
)
@click.option(
    "--arrivals",
    type=Parsed(_above_zero),
    default="2",
    show_default=True,
    help="how many buyers arrive in a second, on average",
)
@click.option(
    "--seconds",
    type=Parsed(_above_zero),
    default="30",
    show_default=True,
    help="how long buyers arrive",
)
@click.option(
    "--buyers",
    type=Parsed(positive),
    default="200",
    show_default=True,
    help="how many buyers are busy at a time; others wait",
)
@click.option(
    "--think",
    type=Parsed(_think),
    default="1-3",
    show_default=True,
    help="shortest and longest pause after a clause, in seconds",
)
@click.option(
    "--workers",
    type=Parsed(positive),
    default="1",
    show_default=True,
    help="processes of virtual buyers on this machine",
)
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
    help="number of workers on other machines to wait for; they see everything of the job",
)
@click.option(
    "--canaries",
    type=click.IntRange(0, 8),
    default=0,
    metavar="N",
    help="number of real browsers that walk beside the load, on mock sites; they are counted apart",
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
    canaries: int,
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
        if buyers < workers + more_workers:
            raise TargetError("each worker needs a buyer: raise --buyers, or start fewer workers")
        thresholds = threshold or [parse_threshold(NO_FAILURES)]
        if canaries:
            require_mock_sites(settings)
        options = Options(
            *(target, locale, drawn, buyers, think, workers, more_workers),
            *(bind, port, canaries, thresholds),
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
    except (CannotLoad, CanaryLost, StackError, ControlsError, SiteUnreachable) as error:
        print(f"There is no result: {redact(str(error))}", file=sys.stderr)
        return Status.CANNOT_TELL
    page = write_report(report, into)
    print("\n".join([*report.lines(), f"With charts: {page}"]))
    return report.status
