"""Run the features on deviants (sites with one deliberate error) and write the kill matrix.

Exit status of ``run``: 0 if every deviant was killed at its clause and the reference site passed
the same scenarios, 1 if not, 2 if the run could not be completed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from checkout_conformance.commands import folder_to_write, positive
from checkout_conformance.deviants.collection import NoSuchDeviant, deviants_named
from checkout_conformance.deviants.deviant import REFERENCE, Deviant, DeviantError
from checkout_conformance.deviants.judge import DeviantJudge
from checkout_conformance.deviants.matrix import KillMatrix
from checkout_conformance.deviants.page import render_matrix, verdict_line
from checkout_conformance.plan import read_plan
from checkout_conformance.project import FEATURES, LATEST, content_package
from checkout_conformance.reporting.allure_html import ReportError, short
from checkout_conformance.reporting.evidence import read_evidence

PROVEN, NOT_PROVEN, NO_RUN = 0, 1, 2
# Most of a deviant's run is waiting, so each core has time for two.
WORKERS_PER_CORE = 2
# Exit statuses of pytest: passed, or tests failed, which is expected on deviants.
COMPLETED = (0, 1)
PYTEST = (
    *("-p", "no:randomly", "--traces", "off"),
    *("--deviant-lines", "-qq", "--no-header", "--tb=short", "-rN"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the subcommand; return the exit status."""
    options, rest = _options(arguments)
    try:
        if options.command == "serve":
            # The content serves its own sites with a deviant among them.
            serve = import_module(content_package("deviants.serve")).serve
            return int(serve(options.name, rest))
        if options.command == "list":
            return _list()
        return _run(options)
    except (NoSuchDeviant, DeviantError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    return NO_RUN


def _list() -> int:
    for deviant in deviants_named():
        print(f"{deviant.clause:5} {deviant.kind:18} {deviant.name:42} {deviant.sentence}")
    return PROVEN


def _run(options: argparse.Namespace) -> int:
    deviants = _chosen(options)
    results = options.into / "deviants-results"
    shutil.rmtree(results, ignore_errors=True)
    tried, reference = results / "deviants", results / REFERENCE
    print(
        f"Running {len(deviants)} deviants, each until a scenario of its clause fails", flush=True
    )
    chosen = [word for deviant in deviants for word in ("--deviant", deviant.name)]
    limit = ["--at-most", str(options.at_most)] if options.at_most else []
    if not _drive(options, tried, *chosen, *limit):
        return NO_RUN
    print("Running the same scenarios on the reference site", flush=True)
    if not _drive(options, reference, "--deviant", REFERENCE, "--tried-in", str(tried)):
        return NO_RUN
    try:
        evidence = read_evidence([tried, reference])
    except ReportError as error:
        print(f"No kill matrix: {error}", file=sys.stderr)
        return NO_RUN
    matrix = DeviantJudge(read_plan()).matrix(deviants, evidence)
    write_matrix(matrix, options.into)
    print(verdict_line(matrix))
    print(f"Kill matrix: {short(options.into / 'deviants.html')}")
    return PROVEN if matrix.proven else NOT_PROVEN


def _chosen(options: argparse.Namespace) -> list[Deviant]:
    """Return the named deviants, or all, of the kind that is asked for. Raises NoSuchDeviant."""
    deviants = deviants_named(options.names)
    chosen = [one for one in deviants if options.kind in (None, one.kind)]
    if not chosen:
        kinds = ", ".join(sorted({one.kind for one in deviants}))
        raise NoSuchDeviant(f"There is no deviant of the kind {options.kind}. Kinds: {kinds}.")
    return chosen


def _drive(options: argparse.Namespace, results: Path, *more: str) -> bool:
    """Run the features; return whether the run was completed."""
    features = [str(feature) for feature in options.features]
    at_once = options.workers
    if at_once == "auto":
        at_once = str(WORKERS_PER_CORE * (os.cpu_count() or 1))
    command = [sys.executable, "-m", "pytest", *features, *PYTEST, "-n", at_once]
    status = subprocess.run([*command, f"--alluredir={results}", *more], check=False).returncode
    return status in COMPLETED


def write_matrix(matrix: KillMatrix, into: Path) -> None:
    """Write ``deviants.json`` and ``deviants.html``."""
    into.mkdir(parents=True, exist_ok=True)
    (into / "deviants.json").write_text(matrix.model_dump_json(indent=1), encoding="utf-8")
    (into / "deviants.html").write_text(render_matrix(matrix), encoding="utf-8")


def _options(arguments: Sequence[str] | None) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(prog="checkout-conformance deviants", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run the features on deviants and write the kill matrix")
    run.add_argument("names", nargs="*", metavar="NAME", help="the deviants (default: all)")
    run.add_argument("--kind", help="only deviants of this kind; deviants list shows the kinds")
    run.add_argument(
        "--workers", type=workers, default="auto", help="browsers at a time (auto: two per core)"
    )
    run.add_argument(
        "--at-most",
        type=positive,
        help="scenarios for each deviant (default: until one fails at its clause)",
    )
    run.add_argument(
        "--into", type=folder_to_write, default=LATEST, help="the folder to write into"
    )
    run.add_argument("--features", nargs="+", type=_there, default=[FEATURES])
    one = commands.add_parser(
        "serve", help="serve one deviant to try it by hand; takes the options of mock_sites"
    )
    one.add_argument("name", metavar="NAME")
    commands.add_parser("list", help="list every deviant with its clause and description")
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
