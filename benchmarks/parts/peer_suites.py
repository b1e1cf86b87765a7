"""Scenarios a minute of each harness in parallel: in a browser, and over HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from benchmarks.harnesses.catalogue import (
    CAPYBARA,
    OURS,
    OURS_OVER_HTTP,
    PEERS,
    PEERS_OVER_HTTP,
    RAW,
    RAW_OVER_HTTP,
    why_no_capybara,
)
from benchmarks.harnesses.harness import Harness, stacks_for
from benchmarks.measurement.session import BenchmarkSession
from benchmarks.report.comparison import Comparison, comparison_of

SUITE = 60
# Over HTTP sixty walks would measure the start.
SUITE_OVER_HTTP = 300
UNEQUAL = (
    "Not equal: our workers start their sites themselves, while they collect; the sites of the"
    " others serve before these start, and the time includes that."
    " Selenium empties one profile for each scenario; the others open a new context."
    " behave, Robot Framework and the script divide the scenarios among the workers at the start;"
    " the others give the next scenario to the next free worker."
)
UNEQUAL_OVER_HTTP = (
    "Not equal: ours runs the unchanged features and page objects, with roles and accessible names;"
    " the others look for the labels of this one walk by hand."
    " Our workers start their sites themselves; the sites of the others serve before these start."
    " A script disables the button of the code page: the others check that the code is required."
)


def measure_peers(session: BenchmarkSession, only: Sequence[str] = ()) -> list[Comparison]:
    """Scenarios a minute, start and end included; ``only`` picks peers by a part of their name."""
    harnesses = [OURS, RAW, *_wanted(PEERS, only)]
    runs = {one.name: partial(_a_minute, one) for one in harnesses}
    measured = session.interleave("peers", runs)
    same = "the browser, and a new buyer for each scenario"
    notes = (_equal(harnesses, f"{SUITE} scenarios", same), UNEQUAL)
    title = "Scenarios a minute, in parallel"
    return [comparison_of(title, "a minute", OURS.name, measured, more_is_better=True, notes=notes)]


def measure_http(session: BenchmarkSession, only: Sequence[str] = ()) -> list[Comparison]:
    """Scenarios a minute over HTTP, beside our own in the browser."""
    harnesses = [OURS_OVER_HTTP, RAW_OVER_HTTP, *_wanted(PEERS_OVER_HTTP, only)]
    runs = {one.name: partial(_a_minute, one, SUITE_OVER_HTTP) for one in harnesses}
    in_browser = f"{OURS.name} in the browser"
    runs[in_browser] = partial(_a_minute, OURS)
    measured = session.interleave("http", runs)
    if not only or any(is_called(CAPYBARA, word) for word in only):
        session.missing[CAPYBARA] = why_no_capybara()
    walks = f"{SUITE_OVER_HTTP} scenarios ({in_browser}: {SUITE})"
    notes = (_equal(harnesses, walks, "a new buyer for each scenario"), UNEQUAL_OVER_HTTP)
    title, base = "Scenarios a minute over HTTP, in parallel", OURS_OVER_HTTP.name
    return [comparison_of(title, "a minute", base, measured, more_is_better=True, notes=notes)]


def _equal(harnesses: Sequence[Harness], walks: str, same: str) -> str:
    """What is equal for these harnesses, their workers and stacks of sites included."""
    settings = {one.workers for one in harnesses}
    if len(settings) == 1:
        [workers] = settings
        counts = f"{workers} workers, {stacks_for(workers)} stacks of mock sites"
    else:
        each = (f"{one.name}: {one.workers} and {stacks_for(one.workers)}" for one in harnesses)
        counts = f"a stack of mock sites for each worker (workers and stacks: {', '.join(each)})"
    return f"Equal: {walks}, {counts}, {same}."


def _wanted(peers: Iterable[Harness], only: Sequence[str]) -> list[Harness]:
    return [peer for peer in peers if not only or any(is_called(peer.name, word) for word in only)]


def is_called(peer: str, word: str) -> bool:
    """Whether ``word`` is a part of the peer's name."""
    return word.lower() in peer.lower()


def _a_minute(harness: Harness, suite: int = SUITE) -> float:
    return suite / harness.run(suite, harness.workers).wall * 60


def measure_settings(session: BenchmarkSession, only: Sequence[str] = ()) -> list[Comparison]:
    """Each harness with two to four workers: this says which setting is its best."""
    runs = {
        f"{one.name}, {workers} workers": partial(_a_minute, replace(one, workers=workers))
        for one in (OURS, RAW, *_wanted(PEERS, only))
        for workers in (2, 3, 4)
    }
    measured = session.interleave("settings", runs)
    base = f"{OURS.name}, 2 workers"
    title = "Scenarios a minute, by parallel setting"
    return [comparison_of(title, "a minute", base, measured, more_is_better=True)]


def measure_workers(session: BenchmarkSession) -> list[Comparison]:
    """Our harness with one to four workers."""
    runs = {
        f"{workers} worker{'s' * (workers > 1)}": partial(_a_minute, replace(OURS, workers=workers))
        for workers in (1, 2, 3, 4)
    }
    measured = session.interleave("workers", runs)
    title = "Scenarios a minute, by workers"
    return [comparison_of(title, "a minute", "1 worker", measured, more_is_better=True)]
