"""The processes that a run needs: the browser, Playwright's driver, the mock sites.

Any of them can end at any time. The running scenario then reports that the harness broke, and the
process is restarted before the next one.
"""

from __future__ import annotations

from typing import Protocol

import pytest


class HarnessProcess(Protocol):
    """A process that the run needs."""

    @property
    def name(self) -> str:
        """Its name in reports, for example "the browser"."""

    def is_running(self) -> bool:
        """Whether it can be used."""

    def restart(self) -> None:
        """Start it again at the same address. Raises the error that prevents it."""


PROCESSES = pytest.StashKey[list[HarnessProcess]]()


def depend_on(config: pytest.Config, process: HarnessProcess) -> None:
    """Register ``process`` to be restarted before a test if it has ended."""
    config.stash.setdefault(PROCESSES, []).append(process)


def ended_processes(config: pytest.Config) -> list[HarnessProcess]:
    """Return the registered processes that have ended."""
    return [one for one in config.stash.get(PROCESSES, []) if not one.is_running()]


class RestartOnFailure:
    """Restarts the processes that workers share, in the controller of xdist."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """After a failure, restart the shared processes that have ended."""
        if report.failed:
            for process in ended_processes(self._config):
                process.restart()
