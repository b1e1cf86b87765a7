"""Our harness, in the browser and over HTTP, and the plain scripts that are the lower bounds."""

from __future__ import annotations

import sys

from benchmarks.harnesses.harness import with_sites
from benchmarks.harnesses.shares import shares
from benchmarks.harnesses.side_by_side import joined
from benchmarks.measurement.command import Run, measure

RAW_SCRIPT = [sys.executable, "-m", "benchmarks.peers.raw"]
RAW_SCRIPT_OVER_HTTP = [sys.executable, "-m", "benchmarks.peers.raw_over_http"]
OUR_WALK = "a_game_account_is_topped_up_from_start_to_finish"


def raw(count: int, workers: int) -> Run:
    """Run the plain script with Playwright in ``workers`` processes."""
    return _side_by_side(RAW_SCRIPT, count, workers)


def raw_over_http(count: int, workers: int) -> Run:
    """Run the plain script with httpx and lxml in ``workers`` processes."""
    return _side_by_side(RAW_SCRIPT_OVER_HTTP, count, workers)


def _side_by_side(script: list[str], count: int, workers: int) -> Run:
    scripts = [[*script, str(share)] for share in shares(count, workers)]
    return measure(with_sites(workers, joined(scripts)))


def raw_command(count: int) -> list[str]:
    """The plain script with Playwright, one walk after another."""
    return with_sites(1, [*RAW_SCRIPT, str(count)])


def ours(count: int, workers: int) -> Run:
    """Run our harness, everything on the screen as the others have it."""
    return measure(our_command(count, *_workers(workers)))


def ours_over_http(count: int, workers: int) -> Run:
    """Run our harness with its driver over HTTP."""
    return measure(our_http_command(count, workers))


def our_http_command(count: int, workers: int) -> list[str]:
    """Our harness with its driver over HTTP.

    Not by ``checkout_conformance run``, which starts this pytest too but makes reports, as no
    other harness does here.
    """
    return our_command(count, "--driver", "http", *_workers(workers))


def our_command(count: int, *options: str) -> list[str]:
    """Our harness, one walk after another."""
    repeated = ["-p", "benchmarks.harnesses.repeated", "--only", OUR_WALK, "--times", str(count)]
    plain = ["-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-o", "timeout=0"]
    command = [sys.executable, "-m", "pytest", "features", "--on-screen", *repeated, *plain]
    return [*command, *options]


def _workers(workers: int) -> list[str]:
    return ["-n", str(workers if workers > 1 else 0)]
