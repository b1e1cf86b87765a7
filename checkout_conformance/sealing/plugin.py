"""The pytest side of sealed evidence: a run records what it judges by before its first test."""

from __future__ import annotations

import pytest

from checkout_conformance.evidence.allure_files import results_folder
from checkout_conformance.reporting.basis import add_basis, basis_of
from checkout_conformance.reporting.selection_plugin import runs_nothing
from checkout_conformance.targets.target import target_path


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Record it once the folder is as the run will have it: it may have been emptied."""
    folder = results_folder(config)
    if folder and not hasattr(config, "workerinput") and not runs_nothing(config):
        target = target_path(config.getoption("--target"))
        add_basis(folder, basis_of(target=target if target.is_file() else None))
