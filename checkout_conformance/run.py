"""``checkout-conformance run``: run pytest in a process of its own, then make the reports."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from checkout_conformance.commands import PASSES_ON, Parsed, folder_option, status_of
from checkout_conformance.launch import pytest_environment, pytest_settings
from checkout_conformance.project import LATEST, WORK
from checkout_conformance.reporting.options import report_options
from checkout_conformance.reporting.places import DOCUMENT, LAST_RUN, RESULTS, last_place
from checkout_conformance.statuses import Status, status_of_pytest

if TYPE_CHECKING:
    from checkout_conformance.reporting.conformance import Conformance


def pytest_command(rest: Sequence[str], into: Path, workers: str) -> list[str]:
    """The command that runs the features, or the paths in ``rest``, with evidence for ``into``."""
    words = pytest_settings()
    words += [f"--reports-into={into}", "-n", workers]
    return [sys.executable, "-m", "pytest", *words, *_with_target(rest)]


def _with_target(rest: Sequence[str]) -> Iterator[str]:
    """Yield the words with the target's file in one of them with its option.

    Pytest would take a file of its own for a test, and look for a conftest.py above it only.
    """
    words = iter(rest)
    for word in words:
        yield "=".join([word, *islice(words, 1)]) if word == "--target" else word


def _run(command: Sequence[str]) -> int:
    """Run it to its end: a signal to stop is for the tests, and what they had is reported."""
    with (
        subprocess.Popen(command, cwd=WORK, env=pytest_environment()) as process,
        _signals_to(process),
    ):
        return process.wait()


@contextmanager
def _signals_to(process: subprocess.Popen[bytes]) -> Iterator[None]:
    def pass_on(number: int, _: FrameType | None) -> None:
        if number == signal.SIGTERM:
            process.terminate()
        # Ctrl-C reaches all processes of the terminal by itself.

    earlier = {number: signal.signal(number, pass_on) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def _workers(text: str) -> str:
    if text == "auto" or (text.isascii() and text.isdigit() and int(text) <= _MOST_WORKERS):
        return text
    raise argparse.ArgumentTypeError(f"{text}: give auto, or a number from 0 to {_MOST_WORKERS}")


_MOST_WORKERS = 8 * (os.cpu_count() or 1)


@click.command(context_settings=PASSES_ON, options_metavar="[OPTIONS]")
@folder_option(LATEST, "the folder for the reports")
@click.option(
    "--workers",
    type=Parsed(_workers),
    default="auto",
    metavar="N",
    help="browsers at a time; 0: one, without workers (default: auto, one per core)",
)
@report_options
@click.argument("rest", nargs=-1, type=click.UNPROCESSED, metavar="[PYTEST'S OPTIONS AND PATHS]...")
def command(
    into: Path,
    workers: str,
    summary: Path | None,
    at_least: int | None,
    history: Path | None,
    allure: bool,
    film: bool,
    rest: tuple[str, ...],
) -> int:
    """Run the features on a target, and make the reports.

    Options that are not listed below go to pytest, and so do paths:

    \b
      checkout-conformance run --target my.toml     another target
      checkout-conformance run -m C2                one procedure
      checkout-conformance run -k wrong_code        scenarios with these words in their names
      checkout-conformance run --driver http        without a browser: quick, certifies nothing
      checkout-conformance run --dry-run            print what would be pressed; send nothing
      checkout-conformance run --explain-data       print what the features need; send nothing

    A run of a part leaves its reports in the folder `selection`, beside those of the last full run.

    \b
    Exit status
      0  the target conforms, everything selected passed, or all that failed are known deviations
      1  it does not
      2  there is no telling
      3  an argument or the target file is wrong
      4  refused for safety, before anything was sent
    """
    into = into.resolve()
    (into / LAST_RUN).unlink(missing_ok=True)
    tests = status_of_pytest(_run(pytest_command(rest, into, workers)))
    place = last_place(into)
    if place is None:
        # Pytest stopped before it began, and said why; or it was only asked to show something.
        return tests
    print("Making the reports …", flush=True)
    # Not before: what it imports takes as long as the start of pytest.
    from checkout_conformance.reporting import command as report

    options = _for_report(summary, at_least, history, allure, film)
    reported = report.main([str(place / RESULTS), "--into", str(into), *options])
    document = _export(place) if (place / DOCUMENT).exists() else None
    # In a good run it is other tests that failed.
    is_accepted = document is not None and document.accepted and not document.is_good
    if tests == Status.DOES_NOT_CONFORM and (reported == Status.CANNOT_TELL or is_accepted):
        # The report knows what failed without a word about the site, and what is accepted.
        return reported
    return tests or reported


def _export(place: Path) -> Conformance:
    """Write the results for other tools, and mark the failures' lines in a workflow of GitHub.

    Returns the verdict.
    """
    from checkout_conformance.exports.command import ALWAYS, export, read_document

    document = read_document(place / DOCUMENT)
    export(document, ALWAYS, place)
    if os.environ.get("GITHUB_ACTIONS"):
        export(document, ["github"], Path("-"))
    return document


def _for_report(
    summary: Path | None, at_least: int | None, history: Path | None, allure: bool, film: bool
) -> list[str]:
    words = [] if allure else ["--no-allure"]
    if film:
        words.append("--film")
    if history:
        words += ["--history", str(history)]
    if summary:
        words += ["--summary", str(summary)]
    if at_least:
        words += ["--at-least", str(at_least)]
    return words


def main(arguments: Sequence[str] | None = None) -> int:
    """Run pytest, then report; the exit status for the shell."""
    return status_of(command, arguments, "run")
