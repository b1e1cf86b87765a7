"""The peers in Python, in a browser and over HTTP."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.harnesses.generated import add_tests, feature_of, write_feature
from benchmarks.harnesses.harness import with_sites
from benchmarks.harnesses.installed import PEERS, chromedriver, peer_python, robot_python
from benchmarks.harnesses.shares import shares
from benchmarks.harnesses.side_by_side import joined
from benchmarks.measurement.command import Run, measure

Prepare = Callable[[Path, int], list[str]]


def behave(count: int, workers: int) -> Run:
    """Run behave, which has one process, in as many as asked for."""
    return _behave(count, workers, "behave")


def behave_over_http(count: int, workers: int) -> Run:
    """Run behave with the same steps and another environment, which starts no browser."""
    return _behave(count, workers, "behave", "behave_over_http")


def _behave(count: int, workers: int, *sources: str) -> Run:
    command = [str(peer_python()), "-m", "behave", "--no-capture", "--format", "progress"]

    def prepare(folder: Path, share: int) -> list[str]:
        for source in sources:
            shutil.copytree(PEERS / source, folder, dirs_exist_ok=True)
        write_feature(folder / "walk.feature", share)
        return [*command, str(folder)]

    return _side_by_side(prepare, count, workers)


def robot(count: int, workers: int) -> Run:
    """Run Robot Framework with the Browser library in as many processes as asked for."""
    return _robot(robot_python(), "browser.robot", count, workers)


def robot_over_http(count: int, workers: int) -> Run:
    """Run Robot Framework with RequestsLibrary in as many processes as asked for."""
    return _robot(peer_python(), "requests.robot", count, workers)


def _robot(python: Path, suite: str, count: int, workers: int) -> Run:
    no_reports = ["--output", "NONE", "--log", "NONE", "--report", "NONE"]
    command = [str(python), "-m", "robot", "--console", "dotted", *no_reports]

    def prepare(folder: Path, share: int) -> list[str]:
        shutil.copytree(PEERS / "robot", folder)
        add_tests(folder / suite, share)
        places = ["--pythonpath", str(folder), "--outputdir", str(folder)]
        return [*command, *places, str(folder / suite)]

    return _side_by_side(prepare, count, workers)


def selenium(count: int, workers: int) -> Run:
    """Run pytest with Selenium."""
    environment = {"WALK_COUNT": str(count), "WALK_CHROMEDRIVER": chromedriver()}
    return _pytest("selenium", workers, environment)


def pytest_bdd_over_http(count: int, workers: int) -> Run:
    """Run pytest-bdd with httpx and lxml."""
    with feature_of(count) as feature:
        return _pytest("pytest_bdd_over_http", workers, {"WALK_FEATURE": str(feature)})


def _pytest(peer: str, workers: int, environment: dict[str, str]) -> Run:
    place = str(PEERS / peer)
    plain = ["-q", "-c", os.devnull, "-p", "no:cacheprovider", "--confcutdir", place]
    command = [str(peer_python()), "-m", "pytest", *plain, "-n", str(workers), place]
    return measure(with_sites(workers, command), environment)


def _side_by_side(prepare: Prepare, count: int, workers: int) -> Run:
    """A process for each share; ``prepare`` makes its folder and returns its command."""
    with TemporaryDirectory() as place:
        commands = [
            prepare(Path(place) / str(number), share)
            for number, share in enumerate(shares(count, workers))
        ]
        return measure(with_sites(workers, joined(commands)))
