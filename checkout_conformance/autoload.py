"""The entry point of the package in pytest: in a team's project it loads the plugins of a run.

Elsewhere it gives the fixture ``checkout_stack`` and does nothing else. It imports the engine only
when that is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from checkout_conformance.processes.mock_stack import MockStack


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Load the plugins if the run is that of a project.

    Not earlier: pytest loads entry points in any order, and our fixtures have to come after those
    of pytest-playwright, or a window would be neither guarded nor recorded.
    """
    root = early_config.rootpath
    if not (root / "checkout.toml").is_file():
        return
    from checkout_conformance.launch import plugins
    from checkout_conformance.project import OWN

    if root.resolve() == (OWN and OWN.resolve()):
        for name in plugins():
            early_config.pluginmanager.import_plugin(name)


@pytest.fixture(scope="session")
def checkout_stack() -> Iterator[MockStack]:
    """The mock sites, served in a process of their own until the session ends."""
    from checkout_conformance.stack import mock_stack

    with mock_stack() as stack:
        yield stack
