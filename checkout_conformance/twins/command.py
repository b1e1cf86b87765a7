"""``checkout-conformance twins``: run, list and serve right sites that are built differently."""

from __future__ import annotations

import shutil
import subprocess
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
from checkout_conformance.deviants.matrix_command import (
    status_of_work,
    workers_option,
    write_matrix,
)
from checkout_conformance.deviants.runs import COMPLETED
from checkout_conformance.launch import pytest_environment, pytest_settings
from checkout_conformance.plan import features_to_run, read_plan
from checkout_conformance.project import LATEST
from checkout_conformance.reporting.allure_html import ReportError, short
from checkout_conformance.reporting.evidence import read_evidence
from checkout_conformance.statuses import Status
from checkout_conformance.twins.collection import twins_named
from checkout_conformance.twins.judge import TwinJudge
from checkout_conformance.twins.page import render_matrix, verdict_line

# The content serves its own sites with a twin among them.
SERVE = "checkout_conformance.twins.serve"
PYTEST = (
    *("-p", "no:randomly", "--traces", "off"),
    *("-qq", "--no-header", "--tb=no", "-rN"),
)


@dataclass(frozen=True)
class Options:
    """How twins are run."""

    into: Path
    workers: int
    only: tuple[str, ...] = ()
    near: bool = False
    enough: int | None = None


def _drive(options: Options, results: str, rest: Sequence[str]) -> bool:
    """Run the features; return whether the run was completed."""
    chosen = [word for name in options.only or ["all"] for word in ("--twin", name)]
    near = ["--near"] if options.near else []
    enough = ["--enough", str(options.enough)] if options.enough else []
    command = [sys.executable, "-m", "pytest", *pytest_settings(), *map(str, features_to_run())]
    command += [*PYTEST, "-n", str(options.workers)]
    command += [f"--alluredir={results}", *chosen, *near, *enough, *rest]
    return subprocess.run(command, env=pytest_environment(), check=False).returncode in COMPLETED


@click.group(context_settings=SETTINGS)
def command() -> None:
    """Run, list or serve twins: right sites that are built differently.

    \b
    Exit status
      0  every twin passed every scenario of its site
      1  a scenario failed
      2  there is no telling: the run could not be completed
      3  an argument is wrong
    """


@command.command("run", context_settings=PASSES_ON)
@click.option("--only", multiple=True, metavar="NAME", help="this twin; repeatable (default: all)")
@click.option("--list", "lists", is_flag=True, help="list the twins, and run nothing")
@click.option(
    "--near",
    is_flag=True,
    help="only the scenarios of the clauses at which a twin differs",
)
@click.option(
    "--enough",
    type=Parsed(positive),
    metavar="N",
    help="leave a twin after N failures (default: run all its scenarios)",
)
@workers_option()
@folder_option(LATEST)
@click.argument("rest", nargs=-1, type=click.UNPROCESSED, metavar="[PYTEST'S OPTIONS]...")
def run_command(lists: bool, rest: tuple[str, ...], **options: Any) -> int:
    """Run the features on twins and write the matrix.

    Options that are not listed below go to pytest, such as --driver http.
    """
    chosen = Options(**options)
    return status_of_work(lambda: _list(chosen.only) if lists else _run(chosen, rest))


@command.command("list")
@click.argument("names", nargs=-1, metavar="[NAME]...")
def list_command(names: tuple[str, ...]) -> int:
    """List twins with their site, clauses and description."""
    return status_of_work(lambda: _list(names))


@command.command("serve", context_settings=PASSES_ON)
@click.argument("name")
@click.argument("rest", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONS OF SERVE]...")
def serve_command(name: str, rest: tuple[str, ...]) -> int:
    """Serve one twin to try it by hand; takes the options of `serve`."""
    return status_of_work(lambda: int(import_module(SERVE).serve(name, rest)))


def _list(names: Sequence[str]) -> int:
    for twin in twins_named(names):
        print(f"{twin.site:7} {twin.name:36} {', '.join(twin.clauses):16} {twin.sentence}")
    return Status.CONFORMS


def _run(options: Options, rest: Sequence[str]) -> int:
    twins = twins_named(options.only)
    results = options.into / "twins-results"
    shutil.rmtree(results, ignore_errors=True)
    print(f"Running {len(twins)} twins, each on every scenario of its site", flush=True)
    if not _drive(options, str(results), rest):
        return Status.CANNOT_TELL
    try:
        evidence = read_evidence([results])
    except ReportError as error:
        print(f"No matrix of twins: {error}", file=sys.stderr)
        return Status.CANNOT_TELL
    matrix = TwinJudge(read_plan()).matrix(twins, evidence)
    write_matrix(matrix, render_matrix(matrix), options.into, "twins")
    print(verdict_line(matrix))
    print(f"Matrix of twins: {short(options.into / 'twins.html')}")
    return Status.CONFORMS if matrix.passed else Status.DOES_NOT_CONFORM


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the subcommand; return the exit status."""
    return status_of(command, arguments, "twins")
