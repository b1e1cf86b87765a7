"""Scenarios a minute of each harness in parallel, with a suite of sixty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from benchmarks.comparison import Comparison, comparison_of
from benchmarks.harnesses import OURS, PEER_HARNESSES, RAW, Harness
from benchmarks.session import BenchmarkSession

SUITE = 60


def measure_peers(session: BenchmarkSession, only: Sequence[str] = ()) -> list[Comparison]:
    """Scenarios a minute, start and end included; ``only`` picks peers by a part of their name."""
    harnesses = [OURS, RAW, *(peer for peer in PEER_HARNESSES if _wanted(peer, only))]
    runs = {one.name: partial(_a_minute, one) for one in harnesses}
    measured = session.interleave("peers", runs)
    settings = ", ".join(f"{one.name}: {one.workers}" for one in harnesses)
    note = f"{SUITE} scenarios; workers: {settings}"
    title = "Scenarios a minute, in parallel"
    return [
        comparison_of(title, "a minute", OURS.name, measured, more_is_better=True, notes=(note,))
    ]


def _wanted(peer: Harness, only: Sequence[str]) -> bool:
    return not only or any(is_called(peer.name, word) for word in only)


def is_called(peer: str, word: str) -> bool:
    """Whether ``word`` is a part of the peer's name."""
    return word.lower() in peer.lower()


def _a_minute(harness: Harness) -> float:
    return SUITE / harness.run(SUITE, harness.workers).wall * 60


def measure_settings(session: BenchmarkSession, only: Sequence[str] = ()) -> list[Comparison]:
    """Each harness with two to four workers: this says which setting is its best."""
    harnesses = [OURS, RAW, *(peer for peer in PEER_HARNESSES if _wanted(peer, only))]
    runs = {
        f"{one.name}, {workers} workers": partial(_a_minute, replace(one, workers=workers))
        for one in harnesses
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
