"""``python -m benchmarks.load.scaling``: throughput by buyers and processes, and the fitted law.

Each measurement is a load of its own on new sites. What was measured is added to the file of
results, so that several commands can share the work; ``--draw`` makes table and picture of it.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from benchmarks.load.scaling.cells import (
    POSTGRESQL,
    SQLITE,
    Cell,
    Sites,
    databases,
    measure,
)
from benchmarks.load.scaling.law import Law, fit
from benchmarks.load.scaling.picture import svg

RESULTS = Path(__file__).with_name("results.json")
PICTURE = Path(__file__).with_name("scaling.svg")
LOCK = Path(tempfile.gettempdir(), "checkout-conformance-scaling.lock")
TITLE = "Requests a second, by buyers at a time: measured, and by the fitted law"
# How many visits for each buyer, so that places are taken nearly all the time.
VISITS_OF_ONE, FEWEST_VISITS = 2, 12


def main() -> None:
    """Measure what is asked for, or draw what was measured."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load.scaling", description=__doc__)
    parser.add_argument("--buyers", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--no-sqlite", action="store_true", help="measure on PostgreSQL only")
    parser.add_argument("--procedure", default="W1")
    parser.add_argument("--draw", action="store_true", help="draw what was measured, and end")
    options = parser.parse_args()
    if options.draw:
        draw()
        return
    kinds = [] if options.no_sqlite else [Sites(SQLITE, 1)]
    kinds += [Sites(POSTGRESQL, number) for number in options.processes]
    with databases(any(kind.database == POSTGRESQL for kind in kinds)) as server:
        for kind in kinds:
            for buyers in options.buyers:
                visits = max(VISITS_OF_ONE * buyers, FEWEST_VISITS)
                keep(measure(kind, buyers, visits, options.procedure, server))


def keep(cell: Cell) -> None:
    """Add a measurement to the results, with the machine's load beside it."""
    facts = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "cores": os.cpu_count()}
    one = {**asdict(cell), **facts, "machine_load": round(os.getloadavg()[0], 1)}
    # Another command may measure at the same time.
    with FileLock(LOCK):
        RESULTS.write_text(json.dumps([*_results(), one], indent=1) + "\n")
    print(one, flush=True)


def draw() -> None:
    """Print the table and the laws, and write the picture."""
    cells = [
        Cell(
            **{name: one[name] for name in Cell.__annotations__} | {"sites": Sites(**one["sites"])}
        )
        for one in _results()
    ]
    laws = laws_of(cells)
    for cell in sorted(cells, key=lambda one: (one.sites.name, one.buyers)):
        print(
            f"| {cell.sites.name} | {cell.buyers} | {cell.visits} | {cell.failed} |"
            f" {cell.visits_a_second:.2f} | {cell.requests_a_second:.0f} |"
            f" {cell.median_ms / 1000:.1f} s | {cell.p95_ms / 1000:.1f} s |"
        )
    for name, law in laws.items():
        print(
            f"| {name} | {law.of_one:.0f} | {law.contention:.3f} | {law.coherency:.5f} |"
            f" {law.best:.0f} | {law.highest:.0f} |"
        )
    first = _results()[0]
    below = f"{first['at'][:10]}, {first['cores']} cores for sites, database and buyers together"
    PICTURE.write_text(svg(TITLE, below, cells, laws))


def laws_of(cells: Sequence[Cell]) -> dict[str, Law]:
    """The fitted law of each kind of sites, by its name."""
    names = dict.fromkeys(cell.sites.name for cell in cells)
    return {
        name: fit({c.buyers: c.requests_a_second for c in cells if c.sites.name == name})
        for name in names
    }


def _results() -> list[Any]:
    return list(json.loads(RESULTS.read_text())) if RESULTS.exists() else []


if __name__ == "__main__":
    main()
