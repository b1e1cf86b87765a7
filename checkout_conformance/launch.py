"""How a command starts pytest: its settings, and the plugins that it loads."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from checkout_conformance.project import (
    IS_INSTALLED,
    OWN,
    ROOT,
    WORK,
    content_package,
)

if TYPE_CHECKING:
    import pytest

# A package has no project file.
PACKAGED = Path(__file__).with_name("pytest.ini")
ENGINE_PLUGIN = "checkout_conformance.plugin"
OWN_PLUGIN = "checkout_conformance.own.plugin"


def pytest_settings() -> list[str]:
    """Return the words that name pytest's settings.

    Named: pytest would look for its settings above any word that is a path, a target's file too.
    """
    words = ["-c", str(_settings_file()), "--rootdir", str(OWN or ROOT)]
    if IS_INSTALLED or OWN:
        words += ["-o", f"cache_dir={WORK / '.pytest_cache'}"]
    return words


def _settings_file() -> Path:
    if OWN and (OWN / "pytest.ini").is_file():
        return OWN / "pytest.ini"
    return PACKAGED if IS_INSTALLED or OWN else ROOT / "pyproject.toml"


def plugins() -> list[str]:
    """Return the plugins of a run, in their order: fixtures of a later one come first."""
    own = [OWN_PLUGIN] if OWN else []
    return [ENGINE_PLUGIN, content_package("steps"), *own]


def load_plugins(names: Sequence[str], manager: pytest.PytestPluginManager) -> None:
    """Load modules as plugins, in their order; their assertions say what differs.

    For each name in ``pytest_plugins`` pytest would read what all installed packages say of
    themselves, in case it is one of their plugins: with 75 names, a seventh of the start.
    """
    import pytest

    pytest.register_assert_rewrite(*names)
    for name in names:
        manager.register(import_module(name), name)


def pytest_environment() -> dict[str, str]:
    """Return the environment for a run that no conftest.py of ours is above.

    Given by -p the plugins would come before pytest-playwright, whose fixtures they replace.
    """
    environment = dict(os.environ)
    if not (IS_INSTALLED or OWN):
        return environment
    asked_for = environment.get("PYTEST_PLUGINS", "").split(",")
    environment["PYTEST_PLUGINS"] = ",".join(filter(None, [*plugins(), *asked_for]))
    if not IS_INSTALLED:
        path = environment.get("PYTHONPATH", "")
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), path]))
    return environment
