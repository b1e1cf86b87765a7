"""Helpers of the commands: their exit statuses, and the messages for arguments that are wrong."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from checkout_conformance.statuses import Status

PROGRAM = "checkout-conformance"
# For commands that pass on what they do not know.
PASSES_ON: dict[str, Any] = {"ignore_unknown_options": True, "max_content_width": 100}
SETTINGS: dict[str, Any] = {"max_content_width": 100}


def status_of(command: click.Command, arguments: Sequence[str] | None, name: str = "") -> int:
    """Run a command; return its exit status. A wrong argument is a line on standard error."""
    words = None if arguments is None else list(arguments)
    try:
        done = command.main(words, prog_name=f"{PROGRAM} {name}".strip(), standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return Status.USAGE
    except click.Abort:
        return Status.CANNOT_TELL
    return int(done or Status.CONFORMS)


class Parsed(click.ParamType[object]):
    """The type of an option whose text a function parses; it raises ArgumentTypeError."""

    def __init__(self, parse: Callable[[str], object], name: str = "text") -> None:
        self._parse = parse
        self.name = name

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> object:
        if not isinstance(value, str):
            return value
        try:
            return self._parse(value)
        except argparse.ArgumentTypeError as error:
            self.fail(str(error), param, ctx)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `` Did you mean wallet?``, or an empty text if no known word is similar."""
    near = get_close_matches(word, list(known), n=1)
    return f" Did you mean {near[0]}?" if near else ""


def folder_to_write(text: str) -> Path:
    """Return the folder that an option names and create it if necessary; for argparse.

    Raises ArgumentTypeError if the folder cannot be written to, before a run whose results would
    be lost.
    """
    folder = Path(text)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise argparse.ArgumentTypeError(
            f"cannot create the folder {text}: {error.strerror}"
        ) from None
    if not os.access(folder, os.W_OK):
        raise argparse.ArgumentTypeError(f"cannot write to the folder {text}")
    return folder


def positive(text: str) -> int:
    """Return a whole number of at least 1, for argparse. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text} is not a whole number of at least 1")
    return int(text)


def folder_option(default: Path, words: str = "the folder to write into") -> Callable[[Any], Any]:
    """Return the option ``--into``, for a folder that is created if necessary."""
    return click.option(
        "--into",
        type=Parsed(folder_to_write),
        default=default,
        show_default=False,
        metavar="FOLDER",
        help=f"{words} (default: reports/latest)",
    )
