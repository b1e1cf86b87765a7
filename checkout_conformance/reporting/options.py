"""The options of a report, which ``run`` has too; apart, because ``run`` starts without reports."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from checkout_conformance.clauses import read_clauses
from checkout_conformance.commands import Parsed


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that ``report`` and ``run`` share, from ``--summary`` to ``--no-allure``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _number_of_clauses(text: str) -> int:
    total = len(read_clauses())
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= total):
        raise argparse.ArgumentTypeError(f"give a number of clauses, from 1 to {total}")
    return int(text)


at_least_option = click.option(
    "--at-least",
    type=Parsed(_number_of_clauses),
    metavar="N",
    help="do not conform unless at least N clauses passed, whatever is not offered",
)
_OPTIONS = (
    click.option(
        "--summary",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="a Markdown file to add the verdict to, such as a CI job's summary",
    ),
    at_least_option,
    click.option(
        "--history",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="what the last full runs found, kept from run to run"
        " (default: clause-history.jsonl beside the reports)",
    ),
    click.option(
        "--no-allure", "allure", flag_value=False, default=True, help="leave Allure's page out"
    ),
    click.option(
        "--film",
        is_flag=True,
        help="write the documented walk of each procedure as an animated picture, walk-W1.webp",
    ),
)
