"""The measured harnesses with their commands: ours, a plain script and other tools.

Every command gets new sites and starts the same browser; every scenario has a new buyer and a new
browser context or profile.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.cache import chromedriver, node_modules, peer_python, robot_python
from benchmarks.measured import Run, measure
from benchmarks.shares import shares
from benchmarks.side_by_side import joined

PEERS = Path(__file__).parent / "peers"
WITH_SITES = [sys.executable, "-m", "benchmarks.with_sites"]
RAW_SCRIPT = [sys.executable, "-m", "benchmarks.peers.raw"]
OUR_WALK = "a_game_account_is_topped_up_from_start_to_finish"


@dataclass(frozen=True)
class Harness:
    """A harness; ``workers`` as many as there are cores here (part ``settings`` tries more)."""

    name: str
    workers: int
    run: Callable[[int, int], Run]


def raw(count: int, workers: int) -> Run:
    """Run the plain script, the lower bound, in ``workers`` processes."""
    return measure([*WITH_SITES, *joined([[*RAW_SCRIPT, str(n)] for n in shares(count, workers)])])


def raw_command(count: int) -> list[str]:
    """The plain script, one walk after another."""
    return [*WITH_SITES, *RAW_SCRIPT, str(count)]


def ours(count: int, workers: int) -> Run:
    """Our harness, everything on the screen as the others have it."""
    return measure([*our_command(count), "-n", str(workers if workers > 1 else 0)])


def our_command(count: int, *options: str) -> list[str]:
    """Our harness, one walk after another."""
    repeated = ["-p", "benchmarks.repeated", "--only", OUR_WALK, "--times", str(count)]
    plain = ["-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-o", "timeout=0"]
    command = [sys.executable, "-m", "pytest", "features", "--on-screen", *repeated, *plain]
    return [*command, *options]


def behave(count: int, workers: int) -> Run:
    """behave, which runs in one process: as many of them as asked for."""
    command = [str(peer_python()), "-m", "behave", "--no-capture", "--format", "progress"]

    def prepare(folder: Path, share: int) -> list[str]:
        write_feature(folder / "walk.feature", share)
        return [*command, str(folder)]

    return _side_by_side("behave", prepare, shares(count, workers))


def robot(count: int, workers: int) -> Run:
    """Robot Framework with the Browser library, as many processes as asked for; no reports."""
    command = [str(robot_python()), "-m", "robot", "--console", "dotted"]
    no_reports = ["--output", "NONE", "--log", "NONE", "--report", "NONE"]

    def prepare(folder: Path, share: int) -> list[str]:
        write_suite(folder / "walk.robot", share)
        return [*command, *no_reports, "--outputdir", str(folder), str(folder)]

    return _side_by_side("robot", prepare, shares(count, workers))


def selenium(count: int, workers: int) -> Run:
    """pytest with Selenium."""
    place = str(PEERS / "selenium")
    command = [peer_python(), "-m", "pytest", "-q", "-c", os.devnull, "--confcutdir", place, place]
    parallel = ["-p", "no:cacheprovider", "-n", str(workers)]
    environment = {"WALK_COUNT": str(count), "WALK_CHROMEDRIVER": chromedriver()}
    return measure([*WITH_SITES, *map(str, command), *parallel], environment)


def cucumber(count: int, workers: int) -> Run:
    """cucumber-js with Playwright."""
    with tempfile.TemporaryDirectory() as folder:
        feature = Path(folder) / "walk.feature"
        write_feature(feature, count)
        command = ["npx", "cucumber-js", "--import", "cucumber/steps.mjs", "--format", "progress"]
        return _on_node([*command, "--parallel", str(workers), str(feature)])


def playwright_test(count: int, workers: int) -> Run:
    """Playwright Test on Node."""
    command = ["npx", "playwright", "test", "-c", "test", "--workers", str(workers)]
    return _on_node(command, {"WALK_COUNT": str(count)})


def playwright_bdd(count: int, workers: int) -> Run:
    """playwright-bdd."""
    with tempfile.TemporaryDirectory() as folder:
        feature = Path(folder) / "walk.feature"
        write_feature(feature, count)
        generate = "npx bddgen -c bdd/playwright.config.mjs"
        run = f"npx playwright test -c bdd --workers {workers}"
        places = {"WALK_FEATURE": str(feature), "WALK_FOLDER": folder}
        return _on_node(["sh", "-c", f"{generate} && {run}"], places)


def _side_by_side(
    harness: str, prepare: Callable[[Path, int], list[str]], each: Sequence[int]
) -> Run:
    """A process for each share; ``prepare`` fills its copy of the harness and says the command."""
    with tempfile.TemporaryDirectory() as place:
        commands = []
        for number, share in enumerate(each):
            folder = Path(place) / str(number)
            shutil.copytree(PEERS / harness, folder)
            commands.append(prepare(folder, share))
        return measure([*WITH_SITES, *joined(commands)])


def _on_node(command: list[str], environment: dict[str, str] | None = None) -> Run:
    return measure([*WITH_SITES, *command], environment, node_modules())


def write_feature(file: Path, count: int) -> None:
    """The walk's feature, with a row of Examples for each scenario."""
    outline = (PEERS / "walk.feature").read_text(encoding="utf-8")
    rows = "".join(f"      | {number} |\n" for number in range(count))
    file.write_text(outline + rows, encoding="utf-8")


def write_suite(file: Path, count: int) -> None:
    """The walk's suite for Robot, with a test for each scenario."""
    suite = (PEERS / "robot" / "walk.robot").read_text(encoding="utf-8")
    rows = "".join(f"Time {number}\n    {number}\n" for number in range(count))
    file.write_text(suite + rows, encoding="utf-8")


RAW = Harness("raw Playwright script", 2, raw)
OURS = Harness("checkout-conformance", 2, ours)
PEER_HARNESSES = (
    Harness("behave with Playwright", 2, behave),
    Harness("cucumber-js with Playwright", 2, cucumber),
    Harness("Playwright Test", 2, playwright_test),
    Harness("playwright-bdd", 2, playwright_bdd),
    Harness("pytest with Selenium", 2, selenium),
    Harness("Robot Framework Browser", 2, robot),
)
