"""The pytest side of known deviations: a run records those of its target file."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from checkout_conformance.evidence.allure_files import results_folder
from checkout_conformance.evidence.allure_labels import scenario_of
from checkout_conformance.reporting.known_deviations import Entry, KnownDeviations, write_known
from checkout_conformance.reporting.selection_plugin import runs_nothing
from checkout_conformance.safety.plugin import FILE

# Goes with the report of a test from a worker of xdist to its controller.
OF_SCENARIO = "of_scenario"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note whether the test is a scenario: the controller of xdist does not see the test."""
    report = yield
    setattr(report, OF_SCENARIO, scenario_of(item) is not None)
    return report


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Record them before any test; nothing if the file has none."""
    folder = results_folder(config)
    deviations = config.stash[FILE].deviations
    if not folder or not deviations or hasattr(config, "workerinput") or runs_nothing(config):
        return
    known = KnownDeviations(
        target=config.stash[FILE].name,
        deviations=[Entry.model_validate(one.model_dump()) for one in deviations],
    )
    config.pluginmanager.register(_Record(folder, known), "known-deviations")


class _Record:
    """Keeps them, and counts the tests that failed outside the scenarios: no report tells those."""

    def __init__(self, folder: Path, known: KnownDeviations) -> None:
        self._folder, self._known = folder, known
        self._failed_elsewhere = 0
        write_known(folder, known)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a failure that is not that of a scenario's own steps."""
        is_told = report.when == "call" and getattr(report, OF_SCENARIO, False)
        if report.failed and not is_told:
            self._failed_elsewhere += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Count what could not be collected."""
        self._failed_elsewhere += report.failed

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Keep the number, if the run came to its end."""
        if exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            number = {"failed_elsewhere": self._failed_elsewhere}
            write_known(self._folder, self._known.model_copy(update=number))
