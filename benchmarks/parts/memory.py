"""The memory of the mock sites while they answer a hundred thousand requests."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import psutil

from benchmarks.load.pages import ask
from benchmarks.measurement.session import BenchmarkSession
from benchmarks.parts.sites import cookie
from benchmarks.report.comparison import Comparison, comparison_of
from checkout_conformance.processes.mock_stack import MockStack, running_process
from checkout_conformance.targets.addresses import on_loopback

REQUESTS = (0, 1_000, 10_000, 50_000, 100_000)
FIRST = f"after {REQUESTS[1]:,} requests"


def measure_memory(session: BenchmarkSession) -> list[Comparison]:
    """Measure the megabytes that the sites' process holds after more and more pages, once."""
    with tempfile.TemporaryDirectory() as folder, running_process(Path(folder)) as process:
        pages = _pages(process.stack)
        [server] = psutil.Process(process.pid).children()
        runs = {
            f"after {until:,} requests": partial(_held_after, pages, until - so_far, server)
            for so_far, until in pairwise(REQUESTS)
        }
        measured = replace(session, rounds=1).interleave("memory", runs)
    return [comparison_of("Memory of the sites' process", "MB", FIRST, measured)]


def _pages(stack: MockStack) -> Sequence[Callable[[int], None]]:
    """Return the pages to ask for in turn: one of a visitor and two of a signed-in buyer."""
    wallet = on_loopback(stack.urls["wallet"])
    owner = cookie(wallet, stack)
    return [
        partial(ask, f"{wallet}/sign-in", cookie(wallet, None)),
        partial(ask, f"{wallet}/pay", owner),
        partial(ask, f"{wallet}/", owner),
    ]


def _held_after(
    pages: Sequence[Callable[[int], None]], requests: int, server: psutil.Process
) -> float:
    """Request a number of pages; return the megabytes that the server then holds."""
    for number, page in enumerate(pages):
        page(requests // len(pages) + (number < requests % len(pages)))
    return float(server.memory_info().rss) / 2**20
