"""What the commands of deviants and of twins share: the workers, the matrix's files, errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from checkout_conformance.commands import Parsed, positive
from checkout_conformance.deviants.deviant import DeviantError, NoSuchSite
from checkout_conformance.deviants.matrix import MatrixModel
from checkout_conformance.statuses import Status

# Most of a scenario's run on a changed site is waiting, so each core has time for two.
WORKERS_PER_CORE = 2


def workers(text: str) -> int:
    """Parse a number of workers; auto is two per core. Raises ArgumentTypeError."""
    return WORKERS_PER_CORE * (os.cpu_count() or 1) if text == "auto" else positive(text)


def workers_option() -> Callable[[Any], Any]:
    """Return the option ``--workers``."""
    return click.option(
        "--workers",
        type=Parsed(workers),
        default="auto",
        metavar="N",
        help="scenarios at a time (auto: two per core)",
    )


def write_matrix(matrix: MatrixModel, page: str, into: Path, name: str) -> None:
    """Write the matrix as ``name.json``, and its page as ``name.html``."""
    into.mkdir(parents=True, exist_ok=True)
    (into / f"{name}.json").write_text(matrix.model_dump_json(indent=1), encoding="utf-8")
    (into / f"{name}.html").write_text(page, encoding="utf-8")


def status_of_work(work: Callable[[], int]) -> int:
    """Do the work and return its exit status; an unknown name or a lost file is one line."""
    try:
        return work()
    except (NoSuchSite, DeviantError) as error:
        print(error, file=sys.stderr)
        return Status.USAGE
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return Status.CANNOT_TELL
