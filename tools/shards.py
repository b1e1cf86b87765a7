"""A pytest plugin: one part of the suite, so that several machines share it by recorded durations.

``pytest features --shard 2/3`` runs the second of three parts. Which scenario is in which part
follows from ``features/durations.json`` and the names alone, whatever order they are collected
in; ``pytest features --record-durations`` (``make durations``) renews that file.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tools import ROOT

DURATIONS = ROOT / "features" / "durations.json"
PLACES = 1


def parts(names: Sequence[str], seconds: Mapping[str, float], count: int) -> list[set[str]]:
    """``names`` in ``count`` parts that take about as long; a name without seconds counts as usual.

    The longest go first, each to the part that has least so far.
    """
    usual = statistics.median(seconds.values()) if seconds else 1.0
    found: list[set[str]] = [set() for _ in range(count)]
    loads = [0.0] * count
    for name in sorted(names, key=lambda name: (-seconds.get(name, usual), name)):
        lightest = loads.index(min(loads))
        found[lightest].add(name)
        loads[lightest] += seconds.get(name, usual)
    return found


def read_durations(file: Path = DURATIONS) -> dict[str, float]:
    """Seconds by the name of a test; none where nothing was recorded yet."""
    if not file.exists():
        return {}
    durations: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))
    return durations


def shard(text: str) -> tuple[int, int]:
    """Read ``2/3``: the second of three. Raises UsageError."""
    number, _, count = text.partition("/")
    if number.isdigit() and count.isdigit() and 1 <= int(number) <= int(count):
        return int(number), int(count)
    raise pytest.UsageError(f"--shard {text}: give it as 2/3, the second of three parts")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the part to run, and the recording."""
    group = parser.getgroup("shards", "one suite on several machines")
    group.addoption("--shard", metavar="I/N", help="run the I-th of N parts, alike in duration")
    group.addoption(
        "--record-durations",
        action="store_true",
        help="keep how long each test took, by which the parts are made",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse what is no part, and record where the tests are reported."""
    if config.getoption("--shard"):
        shard(config.getoption("--shard"))
    if config.getoption("--record-durations") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recorder(), "durations")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of this part."""
    if not config.getoption("--shard"):
        return
    number, count = shard(config.getoption("--shard"))
    mine = parts([item.nodeid for item in items], read_durations(), count)[number - 1]
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in mine])
    items[:] = [item for item in items if item.nodeid in mine]


class Recorder:
    """Adds up the phases of each test, and writes them down at the end."""

    def __init__(self, file: Path = DURATIONS) -> None:
        self._file = file
        self._seconds: dict[str, float] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A phase of a test is over, here or in a worker."""
        name = report.nodeid
        self._seconds[name] = self._seconds.get(name, 0.0) + report.duration

    def pytest_sessionfinish(self) -> None:
        """Write them down, each on a line of its own."""
        rounded = {name: round(self._seconds[name], PLACES) for name in sorted(self._seconds)}
        text = json.dumps(rounded, indent=0, ensure_ascii=False)
        self._file.write_text(text + "\n", encoding="utf-8")
