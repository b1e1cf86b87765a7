"""A pytest plugin that restarts ended processes of the run before each test."""

from __future__ import annotations

import pytest

from checkout_conformance.processes.run_processes import ended_processes


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Restart processes that ended since the last test; note it in this test's report."""
    for process in ended_processes(item.config):
        process.restart()
        item.add_report_section("setup", "harness", f"{process.name} had ended and was restarted\n")
