"""One measurement: a number of virtual buyers at a time on a number of site processes."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from checkout_conformance.load.job import ADDRESS, VISIT, Counted
from checkout_conformance.load.report import FACTS
from checkout_conformance.project import ROOT
from mock_sites import SITES
from tests.support.postgres import create_databases, postgres_server

TARGET = """name = "scaling"

[mocks]
sites = {sites}
{more}
"""
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
NUMBERS = count(1)


class CellFailed(Exception):
    """A load gave no result. The message is what it said."""


@dataclass(frozen=True)
class Sites:
    """Where the sites keep their data, and how many processes serve them."""

    database: str
    processes: int

    @property
    def name(self) -> str:
        """The name in table and picture."""
        return f"{self.database}, {self.processes} process{'es' if self.processes > 1 else ''}"


@dataclass(frozen=True)
class Cell:
    """What was counted with ``buyers`` at a time: visits and requests, a second on average."""

    sites: Sites
    buyers: int
    visits: int
    failed: int
    visits_a_second: float
    requests_a_second: float
    median_ms: float
    p95_ms: float
    books_are_right: bool


@contextmanager
def databases(wanted: bool) -> Iterator[str]:
    """A server of PostgreSQL of our own while the block runs, if it is wanted; its URL."""
    if not wanted:
        yield ""
        return
    with postgres_server() as url:
        yield url


def measure(sites: Sites, buyers: int, visits: int, procedure: str, server: str) -> Cell:
    """Have about ``visits`` visits walked, ``buyers`` at a time. Raises CellFailed."""
    with tempfile.TemporaryDirectory(prefix="scaling-") as name:
        folder = Path(name)
        target = folder / "target.toml"
        target.write_text(TARGET.format(sites=list(SITES), more=_more(sites, server)))
        # All of them come within a second, and wait for a place: so the places are always taken.
        options = ["--arrivals", str(visits), "--seconds", "1", "--buyers", str(buyers)]
        options += ["--think", "0-0", "--procedure", procedure, "--seed", "1"]
        command = [sys.executable, "-m", "checkout_conformance", "load", "--target", str(target)]
        done = subprocess.run(
            [*command, *options, "--into", name],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if not (folder / FACTS).exists():
            raise CellFailed(done.stdout + done.stderr)
        counted = Counted.model_validate_json((folder / FACTS).read_text())
    return _cell(sites, buyers, counted, "The books are right" in done.stdout)


def _more(sites: Sites, server: str) -> str:
    if sites.database == SQLITE:
        return ""
    prefix = f"cell{next(NUMBERS)}_"
    create_databases(server, [prefix + site for site in SITES])
    url = server.replace("{database}", prefix + "{site}")
    return f'database = "{url}"\nworkers = {sites.processes}'


def _cell(sites: Sites, buyers: int, counted: Counted, books_are_right: bool) -> Cell:
    [visits] = counted.of_kind(VISIT)
    requests = counted.of_kind(ADDRESS)
    seconds = max(counted.requests_by_second) - min(counted.requests_by_second) + 1
    return Cell(
        sites=sites,
        buyers=buyers,
        visits=visits.times,
        failed=visits.failures,
        visits_a_second=round((visits.times - visits.failures) / seconds, 3),
        requests_a_second=round(sum(row.times for row in requests) / seconds, 1),
        median_ms=visits.median,
        p95_ms=visits.p95,
        books_are_right=books_are_right,
    )
