"""``checkout-conformance deviants``: run, list and serve sites with one deliberate error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from checkout_conformance.commands import (
    PASSES_ON,
    SETTINGS,
    Parsed,
    folder_option,
    positive,
    status_of,
)
from checkout_conformance.deviants.collection import (
    deviants_to_list,
    deviants_to_run,
)
from checkout_conformance.deviants.judge import DeviantJudge
from checkout_conformance.deviants.likeliest import note_kills
from checkout_conformance.deviants.matrix import BROWSER, HTTP, DriverName
from checkout_conformance.deviants.matrix_command import (
    status_of_work,
    workers_option,
    write_matrix,
)
from checkout_conformance.deviants.page import closing_lines, render_matrix
from checkout_conformance.deviants.runs import DeviantRuns, RunNotCompleted
from checkout_conformance.plan import features_to_run, read_plan
from checkout_conformance.project import LATEST
from checkout_conformance.reporting.allure_html import ReportError, short
from checkout_conformance.statuses import Status


@dataclass(frozen=True)
class Options:
    """How deviants are run."""

    into: Path
    workers: int
    kind: str | None = None
    driver: DriverName = BROWSER
    http_only: bool = False
    at_most: int | None = None
    note_kills: bool = False
    features: tuple[Path, ...] = ()
    reference: Path | None = None


def _there(text: str) -> Path:
    if not Path(text).exists():
        raise argparse.ArgumentTypeError(f"{text} does not exist")
    return Path(text)


@click.group(context_settings=SETTINGS)
def command() -> None:
    """Run, list or serve deviants: sites with one deliberate error.

    \b
    Exit status
      0  every deviant was killed at its clause, the reference site passed the same scenarios, and
         the drivers do not differ
      1  not so
      2  there is no telling: the run could not be completed
      3  an argument is wrong
    """


@command.command("run")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--kind", help="only those of this kind (default: all but blind and unseen)")
@click.option(
    "--driver",
    type=click.Choice((BROWSER, HTTP)),
    default=BROWSER,
    help="http: try over HTTP first, and in the browser what survives (default: browser)",
)
@click.option(
    "--http-only",
    is_flag=True,
    help="with --driver http: do not try in the browser what survives",
)
@workers_option()
@click.option(
    "--at-most",
    type=Parsed(positive),
    metavar="N",
    help="scenarios for each deviant (default: until one fails at its clause)",
)
@folder_option(LATEST)
@click.option(
    "--note-kills",
    is_flag=True,
    help="note which scenario killed each deviant, so that later runs try it first",
)
@click.option(
    "--reference",
    type=Parsed(_there),
    metavar="FOLDER",
    help="the results of the features on this very commit: do not run them again on the reference",
)
@click.option(
    "--features",
    multiple=True,
    type=Parsed(_there),
    metavar="PATH",
    help="the features to run; repeatable (default: all)",
)
def run_command(names: tuple[str, ...], **options: Any) -> int:
    """Run the features on deviants and write the kill matrix.

    NAME is a deviant (default: all of --kind). With --driver http every deviant is tried over HTTP
    first, and in the browser if nothing killed it there.
    """
    return status_of_work(lambda: _run(names, Options(**options)))


@command.command("list")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--kind", help="only deviants of this kind, for example generated")
def list_command(names: tuple[str, ...], kind: str | None) -> int:
    """List deviants with their clause, kind and description."""
    return status_of_work(lambda: _list(names, kind))


@command.command("serve", context_settings=PASSES_ON)
@click.argument("name")
@click.argument("rest", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONS OF SERVE]...")
def serve_command(name: str, rest: tuple[str, ...]) -> int:
    """Serve one deviant to try it by hand; takes the options of `serve`."""
    # The content serves its own sites with a deviant among them.
    serve = import_module("checkout_conformance.deviants.serve").serve
    return status_of_work(lambda: int(serve(name, rest)))


def _list(names: Sequence[str], kind: str | None) -> int:
    for deviant in deviants_to_list(names, kind):
        print(f"{deviant.clause:5} {deviant.kind:18} {deviant.name:42} {deviant.sentence}")
    return Status.CONFORMS


def _run(names: Sequence[str], options: Options) -> int:
    deviants = deviants_to_run(names, options.kind)
    judge = DeviantJudge(read_plan())
    runs = DeviantRuns(
        options.into / "deviants-results",
        tuple(map(str, options.features or features_to_run())),
        options.workers,
        options.at_most,
        not options.http_only,
        options.reference,
    )
    try:
        evidence = runs.of(deviants, options.driver, judge)
    except RunNotCompleted:
        return Status.CANNOT_TELL
    except ReportError as error:
        print(f"No kill matrix: {error}", file=sys.stderr)
        return Status.CANNOT_TELL
    matrix = judge.matrix(deviants, evidence)
    write_matrix(matrix, render_matrix(matrix), options.into, "deviants")
    if options.note_kills:
        note_kills(matrix)
    print(closing_lines(matrix))
    print(f"Kill matrix: {short(options.into / 'deviants.html')}")
    return Status.CONFORMS if matrix.proven else Status.DOES_NOT_CONFORM


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the subcommand; return the exit status."""
    return status_of(command, arguments, "deviants")
