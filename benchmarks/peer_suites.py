"""A suite of sixty scenarios: how many a minute each harness runs in parallel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from benchmarks.bench import Bench
from benchmarks.contenders import OURS, PEER_HARNESSES, RAW, Contender
from benchmarks.part import Part, part_of

SUITE = 60


def measure_peers(bench: Bench, only: Sequence[str] = ()) -> list[Part]:
    """Scenarios a minute, start and end included; ``only`` picks peers by a part of their name."""
    contenders = [OURS, RAW, *(peer for peer in PEER_HARNESSES if _wanted(peer, only))]
    runs = {one.name: partial(_a_minute, one) for one in contenders}
    measured = bench.interleave("peers", runs)
    settings = ", ".join(f"{one.name}: {one.workers}" for one in contenders)
    note = f"{SUITE} scenarios; workers: {settings}"
    title = "Scenarios a minute, in parallel"
    return [part_of(title, "a minute", OURS.name, measured, more_is_better=True, notes=(note,))]


def _wanted(peer: Contender, only: Sequence[str]) -> bool:
    return not only or any(is_called(peer.name, word) for word in only)


def is_called(peer: str, word: str) -> bool:
    """Whether ``word`` is a part of the peer's name."""
    return word.lower() in peer.lower()


def _a_minute(contender: Contender) -> float:
    return SUITE / contender.run(SUITE, contender.workers).wall * 60


def measure_settings(bench: Bench, only: Sequence[str] = ()) -> list[Part]:
    """Each harness with two to four workers: this says which setting is its best."""
    contenders = [OURS, RAW, *(peer for peer in PEER_HARNESSES if _wanted(peer, only))]
    runs = {
        f"{one.name}, {workers} workers": partial(_a_minute, replace(one, workers=workers))
        for one in contenders
        for workers in (2, 3, 4)
    }
    measured = bench.interleave("settings", runs)
    base = f"{OURS.name}, 2 workers"
    title = "Scenarios a minute, by parallel setting"
    return [part_of(title, "a minute", base, measured, more_is_better=True)]


def measure_workers(bench: Bench) -> list[Part]:
    """Our harness with one to four workers."""
    runs = {
        f"{workers} worker{'s' * (workers > 1)}": partial(_a_minute, replace(OURS, workers=workers))
        for workers in (1, 2, 3, 4)
    }
    measured = bench.interleave("workers", runs)
    title = "Scenarios a minute, by workers"
    return [part_of(title, "a minute", "1 worker", measured, more_is_better=True)]
