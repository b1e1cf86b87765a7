"""The processes that a run stands on: the browser, Playwright's driver, the mock sites.

Any of them can die at any time. The scenario that was under way then says that the harness broke,
and the next one finds the process started again.
"""

from __future__ import annotations

from typing import Protocol

import pytest


class HarnessProcess(Protocol):
    """A process that the run has started, or whoever stands for it."""

    @property
    def name(self) -> str:
        """How a report calls it: "the browser"."""

    def is_running(self) -> bool:
        """Whether it can be used."""

    def restart(self) -> None:
        """Start it again where it was. Raises what keeps it from starting."""


PROCESSES = pytest.StashKey[list[HarnessProcess]]()


def depend_on(config: pytest.Config, process: HarnessProcess) -> None:
    """Let the run start ``process`` again before a test, if it has ended."""
    config.stash.setdefault(PROCESSES, []).append(process)


def ended_processes(config: pytest.Config) -> list[HarnessProcess]:
    """Which of the processes cannot be used any more."""
    return [one for one in config.stash.get(PROCESSES, []) if not one.is_running()]


class RestartOnFailure:
    """In the process that only watches its workers: starts again what they share."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A worker had a failure: it may be that of the sites."""
        if report.failed:
            for process in ended_processes(self._config):
                process.restart()
