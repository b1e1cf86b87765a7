"""Measure the harness and the mock sites next to a plain script and other tools.

It writes ``benchmarks/results.json``, ``results.md`` and ``scenarios.svg``, which docs/ shows.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.harnesses.catalogue import PEER_NAMES
from benchmarks.measurement.session import BenchmarkSession, say
from benchmarks.parts.drivers import measure_drivers
from benchmarks.parts.evidence import measure_evidence
from benchmarks.parts.growth import measure_growth
from benchmarks.parts.memory import measure_memory
from benchmarks.parts.our_harness import measure_harness
from benchmarks.parts.peer_suites import (
    is_called,
    measure_http,
    measure_peers,
    measure_settings,
    measure_workers,
)
from benchmarks.parts.sites import measure_sites
from benchmarks.report.chart import svg
from benchmarks.report.comparison import Comparison
from benchmarks.report.results import Results, results_of
from benchmarks.report.table import markdown
from checkout_conformance.commands import did_you_mean, folder_to_write, positive

HERE = Path(__file__).parent
PARTS = (
    "harness",
    "peers",
    "http",
    "sites",
    "settings",
    "workers",
    "evidence",
    "drivers",
    "growth",
    "memory",
)
BY_DEFAULT = ("harness", "peers", "http", "sites")
CHARTED = "Scenarios a minute, in parallel"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the chosen parts; return the exit status."""
    options = _options(arguments)
    session = BenchmarkSession(options.rounds)
    parts = [part for name in options.parts for part in _measure(name, session, options.only)]
    results = results_of(session, parts)
    write(results, options.into)
    print(markdown(results))
    return 0


def write(results: Results, folder: Path) -> None:
    """Write the results as JSON, as Markdown and as a picture."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(results.as_json() + "\n", encoding="utf-8")
    (folder / "results.md").write_text(markdown(results), encoding="utf-8")
    for part in results.parts:
        if part.title == CHARTED and part.figures:
            (folder / "scenarios.svg").write_text(svg(part, results), encoding="utf-8")


def _measure(name: str, session: BenchmarkSession, only: list[str]) -> list[Comparison]:
    say(f"Measuring: {name}")
    by_peer = {"peers": measure_peers, "http": measure_http, "settings": measure_settings}
    if name in by_peer:
        return by_peer[name](session, only)
    measures = {
        "harness": measure_harness,
        "sites": measure_sites,
        "workers": measure_workers,
        "evidence": measure_evidence,
        "drivers": measure_drivers,
        "growth": measure_growth,
        "memory": measure_memory,
    }
    return measures[name](session)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "parts",
        nargs="*",
        metavar="PART",
        help=f"what to measure: {', '.join(PARTS)} (default: {' '.join(BY_DEFAULT)})",
    )
    parser.add_argument("--rounds", type=positive, default=2, help="(default: %(default)s)")
    parser.add_argument("--only", nargs="+", default=[], metavar="PEER", help="peers to measure")
    parser.add_argument("--into", type=folder_to_write, default=HERE, help="folder of the results")
    options = parser.parse_args(arguments)
    unknown = sorted(set(options.parts) - set(PARTS))
    if unknown:
        near = did_you_mean(unknown[0], PARTS)
        parser.error(f"there is no part {unknown[0]}.{near} Choose among {', '.join(PARTS)}")
    for word in options.only:
        if not any(is_called(peer, word) for peer in PEER_NAMES):
            parser.error(f"there is no peer {word}; choose among {', '.join(PEER_NAMES)}")
    options.parts = options.parts or list(BY_DEFAULT)
    return options


if __name__ == "__main__":
    sys.exit(main())
