"""Run the features on twins (right sites that are built differently) and write a matrix.

Unknown options are passed on to pytest, such as --driver http. Exit status of ``run``: 0 if every
twin passed every scenario of its site, 1 if a scenario failed, 2 if the run could not be completed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module

from checkout_conformance.commands import folder_to_write, positive
from checkout_conformance.deviants.command import WORKERS_PER_CORE, workers
from checkout_conformance.deviants.deviant import DeviantError
from checkout_conformance.deviants.runs import COMPLETED
from checkout_conformance.plan import read_plan
from checkout_conformance.project import FEATURES, LATEST, content_package
from checkout_conformance.reporting.allure_html import ReportError, short
from checkout_conformance.reporting.evidence import read_evidence
from checkout_conformance.twins.collection import NoSuchTwin, twins_named
from checkout_conformance.twins.judge import TwinJudge
from checkout_conformance.twins.matrix import TwinMatrix
from checkout_conformance.twins.page import render_matrix, verdict_line

PASSED, FAILED, NO_RUN = 0, 1, 2
# The content serves its own sites with a twin among them.
SERVE = content_package("twins.serve")
PYTEST = (
    *("-p", "no:randomly", "--traces", "off"),
    *("-qq", "--no-header", "--tb=no", "-rN"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the subcommand; return the exit status."""
    options, rest = _parser().parse_known_args(arguments)
    try:
        if options.command == "serve":
            return int(import_module(SERVE).serve(options.name, rest))
        if options.list:
            return _list(options.only)
        return _run(options, rest)
    except (NoSuchTwin, DeviantError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    return NO_RUN


def _list(names: Sequence[str]) -> int:
    for twin in twins_named(names):
        print(f"{twin.site:7} {twin.name:36} {', '.join(twin.clauses):16} {twin.sentence}")
    return PASSED


def _run(options: argparse.Namespace, rest: Sequence[str]) -> int:
    twins = twins_named(options.only)
    results = options.into / "twins-results"
    shutil.rmtree(results, ignore_errors=True)
    print(f"Running {len(twins)} twins, each on every scenario of its site", flush=True)
    if not _drive(options, str(results), rest):
        return NO_RUN
    try:
        evidence = read_evidence([results])
    except ReportError as error:
        print(f"No matrix of twins: {error}", file=sys.stderr)
        return NO_RUN
    matrix = TwinJudge(read_plan()).matrix(twins, evidence)
    write_matrix(matrix, options)
    print(verdict_line(matrix))
    print(f"Matrix of twins: {short(options.into / 'twins.html')}")
    return PASSED if matrix.passed else FAILED


def _drive(options: argparse.Namespace, results: str, rest: Sequence[str]) -> bool:
    """Run the features; return whether the run was completed."""
    at_once = options.workers
    if at_once == "auto":
        at_once = str(WORKERS_PER_CORE * (os.cpu_count() or 1))
    chosen = [word for name in options.only or ["all"] for word in ("--twin", name)]
    near = ["--near"] if options.near else []
    enough = ["--enough", str(options.enough)] if options.enough else []
    command = [sys.executable, "-m", "pytest", str(FEATURES), *PYTEST, "-n", at_once]
    command += [f"--alluredir={results}", *chosen, *near, *enough, *rest]
    return subprocess.run(command, check=False).returncode in COMPLETED


def write_matrix(matrix: TwinMatrix, options: argparse.Namespace) -> None:
    """Write ``twins.json`` and ``twins.html``."""
    options.into.mkdir(parents=True, exist_ok=True)
    (options.into / "twins.json").write_text(matrix.model_dump_json(indent=1), encoding="utf-8")
    (options.into / "twins.html").write_text(render_matrix(matrix), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="checkout-conformance twins", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run the features on twins and write the matrix")
    run.add_argument(
        "--only", nargs="+", default=[], metavar="NAME", help="these twins (default: all)"
    )
    run.add_argument("--list", action="store_true", help="list the twins, and run nothing")
    run.add_argument(
        "--near",
        action="store_true",
        help="only the scenarios of the clauses at which a twin differs",
    )
    run.add_argument(
        "--enough",
        type=positive,
        metavar="N",
        help="leave a twin after N failures (default: run all its scenarios)",
    )
    run.add_argument(
        "--workers", type=workers, default="auto", help="scenarios at a time (auto: two per core)"
    )
    run.add_argument(
        "--into", type=folder_to_write, default=LATEST, help="the folder to write into"
    )
    one = commands.add_parser(
        "serve", help="serve one twin to try it by hand; takes the options of mock_sites"
    )
    one.add_argument("name", metavar="NAME")
    return parser
