"""Our harness against the raw script: the same clicks on the same sites, one at a time."""

from __future__ import annotations

from functools import partial

from benchmarks.bench import Bench
from benchmarks.contenders import OURS, RAW, WITH_EVIDENCE, WITH_PICTURES, Contender
from benchmarks.part import Part, part_of

FEW, MANY = 2, 12


def measure_harness(bench: Bench) -> list[Part]:
    """What each further scenario costs, in seconds and in processor seconds."""
    walls: dict[str, list[float]] = {}
    cpus: dict[str, list[float]] = {}
    contenders = (RAW, OURS, WITH_PICTURES, WITH_EVIDENCE)
    runs = {one.name: partial(_marginal, one, walls, cpus) for one in contenders}
    bench.interleave("harness", runs)
    return [
        part_of("A further scenario, one at a time", "s", RAW.name, _tuples(walls)),
        part_of("A further scenario, processor time", "CPU s", RAW.name, _tuples(cpus)),
    ]


def _marginal(
    contender: Contender, walls: dict[str, list[float]], cpus: dict[str, list[float]]
) -> float:
    few, many = contender.run(FEW, 1), contender.run(MANY, 1)
    wall = (many.wall - few.wall) / (MANY - FEW)
    walls.setdefault(contender.name, []).append(wall)
    cpus.setdefault(contender.name, []).append((many.cpu - few.cpu) / (MANY - FEW))
    return wall


def _tuples(lists: dict[str, list[float]]) -> dict[str, tuple[float, ...]]:
    return {name: tuple(values) for name, values in lists.items()}
