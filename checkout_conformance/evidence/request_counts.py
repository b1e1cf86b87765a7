"""With --count-requests: how many requests each scenario sends for what it presupposes.

Counted are the requests of its Givens: to test controls, and to pages without a browser. What a
browser sends is not counted, so the counts are complete only with ``--driver http``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from statistics import mean

import pytest
from pytest_bdd.parser import Step

from checkout_conformance.targets.sent_requests import SENT

PROPERTY = "requests of its Givens"
# A scenario is to send no more than this for what it presupposes.
MOST = 10


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --count-requests."""
    parser.getgroup("conformance").addoption(
        "--count-requests",
        metavar="FILE",
        type=Path,
        help="count the requests that each scenario sends for what it presupposes; write them to"
        " FILE as JSON, by scenario and step (needs --driver http)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Count, if that is asked for."""
    if config.getoption("--count-requests"):
        config.pluginmanager.register(Counting(), "request_counting")
        config.pluginmanager.register(Counted(config), "request_counts")


class Counting:
    """Counts in the process that runs the scenarios."""

    def __init__(self) -> None:
        self._before = 0
        self._counts: dict[str, int] = {}

    def pytest_bdd_before_scenario(self, request: pytest.FixtureRequest) -> None:
        """Begin to count for a scenario; its report takes the counts along."""
        self._counts = {}
        request.node.user_properties.append((PROPERTY, self._counts))

    def pytest_bdd_before_step(self) -> None:
        """Remember the number before a step."""
        self._before = SENT.number

    def pytest_bdd_after_step(self, step: Step) -> None:
        """Keep the number of a Given."""
        if step.type == "given":
            sent = SENT.number - self._before
            self._counts[step.name] = self._counts.get(step.name, 0) + sent

    def pytest_bdd_step_error(self, step: Step) -> None:
        """Keep the number of a Given that failed."""
        self.pytest_bdd_after_step(step)


class Counted:
    """Collects the counts of all workers, writes them, and prints their average and the worst."""

    def __init__(self, config: pytest.Config) -> None:
        self._file: Path = config.getoption("--count-requests")
        self._is_worker = hasattr(config, "workerinput")
        self._counts: dict[str, Mapping[str, int]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the counts of a finished scenario."""
        found = dict(report.user_properties).get(PROPERTY)
        if report.when == "call" and isinstance(found, Mapping):
            self._counts[report.nodeid] = found

    def pytest_sessionfinish(self) -> None:
        """Write the file."""
        if not self._is_worker:
            text = json.dumps(self._counts, indent=1, ensure_ascii=False)
            self._file.write_text(f"{text}\n", encoding="utf-8")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the figures."""
        for line in figures(self._counts):
            terminalreporter.line(line)


def figures(counts: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The average, the worst, and each scenario with too many requests, the worst first."""
    sums = {scenario: sum(each.values()) for scenario, each in counts.items()}
    if not sums:
        return ["no scenario was counted"]
    above = sorted((one for one in sums if sums[one] > MOST), key=lambda one: -sums[one])
    average, worst = mean(sums.values()), max(sums.values())
    head = f"requests for preconditions: {average:.1f} on average, {worst} at most"
    return [
        f"{head}; {len(above)} of {len(sums)} scenarios send more than {MOST}",
        *(f"{sums[one]:4} {one}" for one in above),
    ]
