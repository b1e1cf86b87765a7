"""Helpers of the commands for arguments that are wrong."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path


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
