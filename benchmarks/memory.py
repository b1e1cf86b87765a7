"""Whether the sites' memory stays level while they answer a hundred thousand requests."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

from benchmarks.cache import PeerMissing
from benchmarks.comparison import Comparison, comparison_of
from benchmarks.load import ask
from benchmarks.measured import ROOT
from benchmarks.session import BenchmarkSession
from benchmarks.sites import cookie
from checkout_conformance.processes.mock_stack import MockStack, serve_command, stack_in
from checkout_conformance.targets.addresses import on_loopback

REQUESTS = (0, 1_000, 10_000, 50_000, 100_000)
FIRST = f"after {REQUESTS[1]:,} requests"


def measure_memory(session: BenchmarkSession) -> list[Comparison]:
    """Megabytes that the sites' process holds after ever more pages, in one round."""
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as (stack, pid):
        pages = _pages(stack)
        runs = {
            f"after {until:,} requests": partial(_held_after, pages, until - so_far, pid)
            for so_far, until in pairwise(REQUESTS)
        }
        measured = replace(session, rounds=1).interleave("memory", runs)
    return [comparison_of("Memory of the sites' process", "MB", FIRST, measured)]


@contextmanager
def _served(folder: Path) -> Iterator[tuple[MockStack, int]]:
    """The sites, and their process."""
    with subprocess.Popen(
        serve_command(folder), cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as own:
        try:
            yield stack_in(own.stdout.readline() if own.stdout else ""), own.pid
        finally:
            own.terminate()


def _pages(stack: MockStack) -> Sequence[Callable[[int], None]]:
    """What is asked for in turn: a visitor's page, and two of somebody who has signed in."""
    wallet = on_loopback(stack.urls["wallet"])
    owner = cookie(wallet, stack)
    return [
        partial(ask, f"{wallet}/sign-in", cookie(wallet, None)),
        partial(ask, f"{wallet}/pay", owner),
        partial(ask, f"{wallet}/", owner),
    ]


def _held_after(pages: Sequence[Callable[[int], None]], requests: int, pid: int) -> float:
    for number, page in enumerate(pages):
        page(requests // len(pages) + (number < requests % len(pages)))
    return _megabytes(pid)


def _megabytes(pid: int) -> float:
    """What a process holds in memory. Raises PeerMissing where the system does not tell."""
    if sys.platform != "linux":
        raise PeerMissing("only Linux tells what a process holds")
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    [held] = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(held.split()[1]) / 1024
