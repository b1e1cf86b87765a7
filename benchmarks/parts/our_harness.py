"""Our harness against the raw script: the same clicks on the same sites, scenario by scenario."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial

from benchmarks.harnesses.catalogue import OURS, RAW
from benchmarks.harnesses.ours import our_command, raw_command
from benchmarks.measurement.session import BenchmarkSession
from benchmarks.measurement.turns import SteppedCommand, running_stepwise
from benchmarks.report.comparison import Comparison, comparison_of

# The first scenario pays for the start of browser and sites.
WARM_UP = 2
TURNS_A_ROUND = 8
WITH_PICTURES = f"{OURS.name} with pictures"
WITH_EVIDENCE = f"{OURS.name} with pictures and traces"


def measure_harness(session: BenchmarkSession) -> list[Comparison]:
    """What a scenario costs, in seconds and in processor seconds, once all is started."""
    cpus: dict[str, list[float]] = {}
    turns = session.rounds * TURNS_A_ROUND
    with _all_under_way(WARM_UP + turns) as commands_under_way:
        for one in commands_under_way.values():
            for _ in range(WARM_UP):
                one.take_turn()
        runs = {name: partial(_turn, one, cpus, name) for name, one in commands_under_way.items()}
        walls = replace(session, rounds=turns).interleave("harness", runs)
    spent = {name: tuple(values) for name, values in cpus.items() if name in walls}
    return [
        comparison_of("A scenario, one at a time", "s", RAW.name, walls),
        comparison_of("A scenario, processor time", "CPU s", RAW.name, spent),
    ]


@contextmanager
def _all_under_way(count: int) -> Iterator[Mapping[str, SteppedCommand]]:
    with ExitStack() as stack:
        evidence = [f"--alluredir={stack.enter_context(_folder())}" for _ in range(2)]
        commands = {
            RAW.name: raw_command(count),
            OURS.name: our_command(count, "-n", "0"),
            WITH_PICTURES: our_command(count, "-n", "0", evidence[0], "--traces=off"),
            WITH_EVIDENCE: our_command(count, "-n", "0", evidence[1]),
        }
        yield {
            name: stack.enter_context(running_stepwise(command))
            for name, command in commands.items()
        }


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="evidence")


def _turn(command: SteppedCommand, cpus: dict[str, list[float]], name: str) -> float:
    run = command.take_turn()
    cpus.setdefault(name, []).append(run.cpu)
    return run.wall
