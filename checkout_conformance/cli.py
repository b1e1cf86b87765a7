"""Run the documented procedures, serve the mock sites, make reports.

Each subcommand has its own options: ``checkout-conformance run --help``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from checkout_conformance.commands import did_you_mean
from checkout_conformance.project import (
    NO_DEVIANTS,
    NO_TWINS,
    content_package,
    has_content,
    version,
)

Command = Callable[[Sequence[str]], int]
# By subcommand: its description and the module with its ``main``. Modules are imported when needed:
# the mock sites take half a second.
COMMANDS = {
    "run": ("run the procedures on a target and make the reports", "checkout_conformance.run"),
    "serve": ("serve the mock sites", content_package("mock_sites.__main__")),
    "report": (
        "make the reports of earlier runs again",
        "checkout_conformance.reporting.command",
    ),
    "compare": (
        "compare the verdicts of a browser with those of the HTTP driver",
        "checkout_conformance.comparison.command",
    ),
    "seal": ("pack a run into one signed file", "checkout_conformance.sealing.seal"),
    "verify": (
        "verify a sealed run, and recompute its verdict",
        "checkout_conformance.sealing.verify",
    ),
    "check-target": (
        "check a target's pages and labels before a run",
        "checkout_conformance.survey.command",
    ),
    "deviants": (
        "run, list or serve deviants: sites with one deliberate error",
        "checkout_conformance.deviants.command",
    ),
    "oracle": (
        "drop and weaken each assertion of the steps: is it noticed?",
        "checkout_conformance.oracle.command",
    ),
    "twins": (
        "run, list or serve twins: right sites that are built differently",
        "checkout_conformance.twins.command",
    ),
}
# Commands whose content is in a checkout only: what is said without it.
MISSING = {"deviants": NO_DEVIANTS, "oracle": NO_DEVIANTS, "twins": NO_TWINS}
# The content of a command, if it has another name.
FOLDERS = {"oracle": "deviants"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the subcommand; return the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    if not words:
        parser.print_help()
        return 0
    known, _ = parser.parse_known_args(words[:1])
    name = known.command or words[0]
    if name not in COMMANDS:
        kind = "option" if name.startswith("-") else "command"
        parser.error(f"there is no {kind} {name}.{did_you_mean(name, COMMANDS)}")
    if name in MISSING and not has_content(FOLDERS.get(name, name)):
        parser.error(MISSING[name])
    command: Command = import_module(COMMANDS[name][1]).main
    return command(words[1:])


def _parser() -> argparse.ArgumentParser:
    lines = [f"  {name:<13} {what}" for name, (what, _) in COMMANDS.items()]
    parser = argparse.ArgumentParser(
        prog="checkout-conformance",
        usage="%(prog)s [--version] command [options]",
        description=(__doc__ or "").replace("``", "`"),
        epilog="commands:\n" + "\n".join(lines),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {version()}")
    parser.add_argument("command", nargs="?", metavar="command", help="one of those below")
    return parser
