"""Run the features on deviants (sites with one deliberate error) and write the kill matrix.

With --driver http every deviant is tried over HTTP first, and in the browser if nothing killed it
there. Exit status of ``run``: 0 if every deviant was killed at its clause, the reference site
passed the same scenarios and the drivers do not differ, 1 if not, 2 if the run could not be
completed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from checkout_conformance.commands import folder_to_write, positive
from checkout_conformance.deviants.collection import (
    NoSuchDeviant,
    deviants_to_list,
    deviants_to_run,
)
from checkout_conformance.deviants.deviant import DeviantError
from checkout_conformance.deviants.judge import DeviantJudge
from checkout_conformance.deviants.likeliest import note_kills
from checkout_conformance.deviants.matrix import BROWSER, HTTP, KillMatrix
from checkout_conformance.deviants.page import closing_lines, render_matrix
from checkout_conformance.deviants.runs import DeviantRuns, RunNotCompleted
from checkout_conformance.plan import read_plan
from checkout_conformance.project import FEATURES, LATEST, content_package
from checkout_conformance.reporting.allure_html import ReportError, short

PROVEN, NOT_PROVEN, NO_RUN = 0, 1, 2
# Most of a deviant's run is waiting, so each core has time for two.
WORKERS_PER_CORE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the subcommand; return the exit status."""
    options, rest = _options(arguments)
    try:
        if options.command == "serve":
            # The content serves its own sites with a deviant among them.
            serve = import_module(content_package("deviants.serve")).serve
            return int(serve(options.name, rest))
        if options.command == "list":
            return _list(options)
        return _run(options)
    except (NoSuchDeviant, DeviantError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    return NO_RUN


def _list(options: argparse.Namespace) -> int:
    for deviant in deviants_to_list(options.names, options.kind):
        print(f"{deviant.clause:5} {deviant.kind:18} {deviant.name:42} {deviant.sentence}")
    return PROVEN


def _run(options: argparse.Namespace) -> int:
    deviants = deviants_to_run(options.names, options.kind)
    judge = DeviantJudge(read_plan())
    runs = DeviantRuns(
        options.into / "deviants-results",
        tuple(str(feature) for feature in options.features),
        WORKERS_PER_CORE * (os.cpu_count() or 1) if options.workers == "auto" else options.workers,
        options.at_most,
        not options.http_only,
    )
    try:
        evidence = runs.of(deviants, options.driver, judge)
    except RunNotCompleted:
        return NO_RUN
    except ReportError as error:
        print(f"No kill matrix: {error}", file=sys.stderr)
        return NO_RUN
    matrix = judge.matrix(deviants, evidence)
    write_matrix(matrix, options.into)
    if options.note_kills:
        note_kills(matrix)
    print(closing_lines(matrix))
    print(f"Kill matrix: {short(options.into / 'deviants.html')}")
    return PROVEN if matrix.proven else NOT_PROVEN


def write_matrix(matrix: KillMatrix, into: Path) -> None:
    """Write ``deviants.json`` and ``deviants.html``."""
    into.mkdir(parents=True, exist_ok=True)
    (into / "deviants.json").write_text(matrix.model_dump_json(indent=1), encoding="utf-8")
    (into / "deviants.html").write_text(render_matrix(matrix), encoding="utf-8")


def _options(arguments: Sequence[str] | None) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(prog="checkout-conformance deviants", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run the features on deviants and write the kill matrix")
    run.add_argument(
        "names", nargs="*", metavar="NAME", help="the deviants (default: all of --kind)"
    )
    run.add_argument("--kind", help="only those of this kind (default: all but blind and unseen)")
    run.add_argument(
        "--driver",
        choices=(BROWSER, HTTP),
        default=BROWSER,
        help="http: try over HTTP first, and in the browser what survives (default: browser)",
    )
    run.add_argument(
        "--http-only",
        action="store_true",
        help="with --driver http: do not try in the browser what survives",
    )
    run.add_argument(
        "--workers", type=workers, default="auto", help="scenarios at a time (auto: two per core)"
    )
    run.add_argument(
        "--at-most",
        type=positive,
        help="scenarios for each deviant (default: until one fails at its clause)",
    )
    run.add_argument(
        "--into", type=folder_to_write, default=LATEST, help="the folder to write into"
    )
    run.add_argument(
        "--note-kills",
        action="store_true",
        help="note which scenario killed each deviant, so that later runs try it first",
    )
    run.add_argument("--features", nargs="+", type=_there, default=[FEATURES])
    one = commands.add_parser(
        "serve", help="serve one deviant to try it by hand; takes the options of mock_sites"
    )
    one.add_argument("name", metavar="NAME")
    listed = commands.add_parser("list", help="list deviants with their clause and description")
    listed.add_argument("names", nargs="*", metavar="NAME", help="the deviants (default: all)")
    listed.add_argument("--kind", help="only deviants of this kind, for example generated")
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command != "serve":
        parser.error(f"unknown arguments: {' '.join(rest)}")
    return options, rest


def _there(text: str) -> Path:
    if not Path(text).exists():
        raise argparse.ArgumentTypeError(f"{text} does not exist")
    return Path(text)


def workers(text: str) -> str:
    """Parse a number of workers, or auto. Raises ArgumentTypeError."""
    return text if text == "auto" else str(positive(text))
