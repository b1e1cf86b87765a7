"""What the commands have in common when they are given something that is not there."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` Did you mean wallet?``, or nothing if no known word is like it."""
    near = get_close_matches(word, list(known), n=1)
    return f" Did you mean {near[0]}?" if near else ""


def folder_to_write(text: str) -> Path:
    """The folder that an option names, made if it is not there yet, for argparse.

    Raises ArgumentTypeError before any work is done for a result that could not be kept.
    """
    folder = Path(text)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{text} cannot be made: {error.strerror}") from None
    if not os.access(folder, os.W_OK):
        raise argparse.ArgumentTypeError(f"{text} cannot be written into")
    return folder


def positive(text: str) -> int:
    """A whole number from 1 upwards, for argparse. Raises ArgumentTypeError for anything else."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"{text}: give a number from 1 upwards")
    return int(text)
