"""The options of a report, which ``run`` has too; apart, because ``run`` starts without reports."""

from __future__ import annotations

import argparse
from pathlib import Path

from checkout_conformance.clauses import read_clauses


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options to ``report`` and ``run``."""
    parser.add_argument(
        "--summary",
        type=Path,
        metavar="FILE",
        help="a Markdown file to add the verdict to, such as a CI job's summary",
    )
    add_at_least(parser)
    parser.add_argument(
        "--no-allure", dest="allure", action="store_false", help="leave Allure's page out"
    )


def add_at_least(parser: argparse.ArgumentParser) -> None:
    """Add the option for how many clauses have to pass."""
    parser.add_argument(
        "--at-least",
        type=_number_of_clauses,
        metavar="N",
        help="do not conform unless at least N clauses passed, whatever is not offered",
    )


def _number_of_clauses(text: str) -> int:
    total = len(read_clauses())
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= total):
        raise argparse.ArgumentTypeError(f"give a number of clauses, from 1 to {total}")
    return int(text)
