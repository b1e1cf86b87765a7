"""Which files allure-pytest leaves, beyond the results themselves."""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path
from typing import Any

import allure_commons
import pytest
from allure_commons.logger import AllureFileLogger
from allure_commons.model2 import Status

from steps.target import Target
from tools.browser import find_chromium

ROOT = Path(__file__).parents[1]
COMMAND_SECONDS = 10


class QuietFileLogger(AllureFileLogger):
    """Leaves out the fixtures that went well.

    pytest-bdd makes a fixture of every step, so a scenario would bring a file for each of them.
    """

    @allure_commons.hookimpl
    def report_container(self, container: Any) -> None:
        """Write the container only where it tells of trouble."""
        parts = [*container.befores, *container.afters]
        if any(part.status in (Status.FAILED, Status.BROKEN) for part in parts):
            super().report_container(container)  # type: ignore[no-untyped-call]


def quieten(config: pytest.Config) -> None:
    """Put the quiet logger in the place of allure-pytest's own, until the run ends."""
    plugins = allure_commons.plugin_manager
    loud = next(plugin for plugin in plugins.get_plugins() if type(plugin) is AllureFileLogger)
    quiet = QuietFileLogger(results_folder(config))  # type: ignore[no-untyped-call]
    plugins.unregister(loud)
    plugins.register(quiet)

    def restore() -> None:
        # allure-pytest will want to unregister the logger that it registered.
        plugins.unregister(quiet)
        plugins.register(loud)

    config.add_cleanup(restore)


def results_folder(config: pytest.Config) -> Path | None:
    """Where Allure results go, or None if nobody asked for them."""
    folder = config.getoption("allure_report_dir", None)
    return Path(folder) if folder else None


def write_environment(folder: Path, target: Target) -> None:
    """Say in the report what was run, on what."""
    facts = {
        "target": target.name,
        "locale": target.locale,
        "browser": _browser(),
        "python": platform.python_version(),
        "commit": _said("git", "-C", str(ROOT), "describe", "--always", "--dirty", "--tags"),
    }
    lines = "".join(f"{name}={value}\n" for name, value in facts.items())
    (folder / "environment.properties").write_text(lines, encoding="utf-8")


def _browser() -> str:
    program = find_chromium()
    return _said(str(program), "--version") if program else "Playwright's own Chromium"


def _said(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=COMMAND_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    return done.stdout.strip() or "unknown"
