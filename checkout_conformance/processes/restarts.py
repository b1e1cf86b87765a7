"""The plugin that starts again, before a test, what the run stands on and has ended."""

from __future__ import annotations

import pytest

from checkout_conformance.processes.run_processes import ended_processes


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Start again what has ended since the last test, and keep a note of it with this one."""
    for process in ended_processes(item.config):
        process.restart()
        item.add_report_section("setup", "harness", f"{process.name} had ended: started again\n")
