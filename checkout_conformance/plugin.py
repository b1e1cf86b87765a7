"""The pytest plugin. A project loads it in its ``conftest.py``, by ``pytest_plugins``."""

import pytest

from checkout_conformance.launch import load_plugins

PLUGINS = [
    # Before the others are imported, which it makes quicker.
    "checkout_conformance.processes.lasting_objects",
    # It may have to see the steps before anything imports them.
    "checkout_conformance.oracle.plugin",
    # First those that others import: pytest rewrites only what is not imported yet.
    "checkout_conformance.drivers.plugin",
    "checkout_conformance.safety.plugin",
    "checkout_conformance.deviants.plugin",
    "checkout_conformance.twins.plugin",
    "checkout_conformance.evidence.allure_steps",
    "checkout_conformance.evidence.needed",
    "checkout_conformance.evidence.progress",
    "checkout_conformance.evidence.request_counts",
    "checkout_conformance.processes.restarts",
    "checkout_conformance.processes.worker_forks",
    "checkout_conformance.reporting.dry_run",
    "checkout_conformance.reporting.explain_data",
    "checkout_conformance.reporting.selection_plugin",
    "checkout_conformance.reporting.known_deviations_plugin",
    "checkout_conformance.sealing.plugin",
    # Last: of two plugins that define a fixture, pytest takes the one that was loaded later, and
    # a window of the browser that is not opened here is neither guarded nor recorded.
    "checkout_conformance.fixtures",
    # It loads nothing else unless traces are asked for.
    "checkout_conformance.tracing.plugin",
]


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Load the parts of the engine, in their order."""
    load_plugins(PLUGINS, pluginmanager)
