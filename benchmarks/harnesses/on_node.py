"""The peers on Node."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.harnesses.generated import feature_of
from benchmarks.harnesses.harness import with_sites
from benchmarks.harnesses.installed import node_modules
from benchmarks.measurement.command import Run, measure


def cucumber(count: int, workers: int) -> Run:
    """Run cucumber-js with Playwright."""
    with feature_of(count) as feature:
        command = ["npx", "cucumber-js", "--import", "cucumber/steps.mjs", "--format", "progress"]
        return _run([*command, "--parallel", str(workers), str(feature)], workers)


def playwright_test(count: int, workers: int) -> Run:
    """Run Playwright Test."""
    command = ["npx", "playwright", "test", "-c", "test", "--workers", str(workers)]
    return _run(command, workers, {"WALK_COUNT": str(count)})


def playwright_bdd(count: int, workers: int) -> Run:
    """Run playwright-bdd."""
    with feature_of(count) as feature:
        generate = "npx bddgen -c bdd/playwright.config.mjs"
        run = f"npx playwright test -c bdd --workers {workers}"
        places = {"WALK_FEATURE": str(feature), "WALK_FOLDER": str(feature.parent)}
        return _run(["sh", "-c", f"{generate} && {run}"], workers, places)


def _run(command: Sequence[str], workers: int, environment: dict[str, str] | None = None) -> Run:
    return measure(with_sites(workers, command), environment, node_modules())
