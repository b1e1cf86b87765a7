"""The files of the Allure results: which are written, and the environment file."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import fields
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import allure_commons
import pytest
from allure_commons.logger import AllureFileLogger
from allure_commons.model2 import Status

from checkout_conformance.drivers.chromium import find_chromium
from checkout_conformance.evidence.allure_labels import is_scenario
from checkout_conformance.evidence.pictures import Snapshot
from checkout_conformance.evidence.redacted import redacted, redacted_file
from checkout_conformance.evidence.setting import Setting
from checkout_conformance.project import WORK

COMMAND_SECONDS = 10
ENVIRONMENT = "environment.properties"
SETTING = [field.name for field in fields(Setting)]


class FilteringFileLogger(AllureFileLogger):
    """Writes results of scenarios and failures; leaves out other passed tests and fixtures.

    pytest-bdd makes a fixture of every step, and each would become a file; the harness has five
    times as many tests as scenarios. Pictures are compressed in a thread, while the scenario waits
    for the browser.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)  # type: ignore[no-untyped-call]
        self._packer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
        self._packing: list[Future[None]] = []

    @allure_commons.hookimpl
    def report_result(self, result: Any) -> None:
        """Write the result of a scenario, and of any test that did not pass."""
        if is_scenario(result) or result.status != Status.PASSED:
            super().report_result(redacted(result))  # type: ignore[no-untyped-call]

    @allure_commons.hookimpl
    def report_container(self, container: Any) -> None:
        """Write the container only if it contains a failure."""
        parts = [*container.befores, *container.afters]
        if any(part.status in (Status.FAILED, Status.BROKEN) for part in parts):
            super().report_container(redacted(container))  # type: ignore[no-untyped-call]

    @allure_commons.hookimpl
    def report_attached_data(self, body: Any, file_name: str) -> None:
        """Write an attachment without secrets; a snapshot after it is compressed."""
        if isinstance(body, Snapshot):
            self._packing.append(self._packer.submit(self._write_packed, body, file_name))
        else:
            super().report_attached_data(redacted_file(body), file_name)  # type: ignore[no-untyped-call]

    @allure_commons.hookimpl
    def report_attached_file(self, source: str, file_name: str) -> None:
        """Write a copy of a file without secrets."""
        self.report_attached_data(Path(source).read_bytes(), file_name)

    @allure_commons.hookimpl
    def report_globals(self, globals_item: Any) -> None:
        """Write the data that belongs to no test."""
        super().report_globals(redacted(globals_item))  # type: ignore[no-untyped-call]

    def pytest_sessionfinish(self) -> None:
        """Wait for the last picture. Raises the error of any that could not be written."""
        self._packer.shutdown()
        for picture in self._packing:
            picture.result()

    def _write_packed(self, snapshot: Snapshot, file_name: str) -> None:
        super().report_attached_data(snapshot.packed(), file_name)  # type: ignore[no-untyped-call]


def install_filtering_logger(config: pytest.Config, folder: Path) -> None:
    """Replace allure-pytest's logger by ours until the run ends."""
    plugins = allure_commons.plugin_manager
    loud = next(plugin for plugin in plugins.get_plugins() if type(plugin) is AllureFileLogger)
    quiet = FilteringFileLogger(folder)
    plugins.unregister(loud)
    plugins.register(quiet)
    # An xdist worker is stopped after its session, so all pictures must be written by then.
    config.pluginmanager.register(quiet, "allure_files")

    def restore() -> None:
        # allure-pytest unregisters its own logger, so it must be registered.
        plugins.unregister(quiet)
        plugins.register(loud)

    config.add_cleanup(restore)


def results_folder(config: pytest.Config) -> Path | None:
    """Return the folder of --alluredir, or None."""
    folder = config.getoption("allure_report_dir", None)
    return Path(folder) if folder else None


class EnvironmentWriter:
    """Writes environment.properties, in the controller of xdist.

    It writes with each new setting: with --clean-alluredir each worker empties the folder when it
    starts, and a run that is killed has no end.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._seen: dict[str, set[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write the file again if the scenario has a new setting."""
        folder, properties = results_folder(self._config), dict(report.user_properties)
        facts = {name: str(properties[name]) for name in SETTING if name in properties}
        if folder and any(value not in self._seen.get(name, ()) for name, value in facts.items()):
            for name, value in facts.items():
                self._seen.setdefault(name, set()).add(value)
            write_environment(folder, self._seen)


def write_environment(folder: Path, settings: Mapping[str, Collection[str]]) -> None:
    """Write the settings and versions for the report."""
    facts = {
        **{name: ", ".join(sorted(values)) for name, values in settings.items()},
        **_versions(),
    }
    lines = "".join(f"{name}={value}\n" for name, value in facts.items())
    (folder / ENVIRONMENT).write_text(lines, encoding="utf-8")


@cache
def _versions() -> dict[str, str]:
    packages = ("playwright", "pytest", "pytest-bdd")
    return {
        "browser version": _browser(),
        "python": platform.python_version(),
        **{package: version(package) for package in packages},
        "commit": commit(),
    }


def commit() -> str:
    """Return the commit that is checked out: it ends in ``-dirty`` if a file of it was changed.

    ``unknown`` outside of a repository.
    """
    return _output_of("git", "-C", str(WORK), "describe", "--always", "--dirty", "--tags")


def _browser() -> str:
    program = find_chromium()
    return _output_of(str(program), "--version") if program else "Playwright's own Chromium"


def _output_of(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=COMMAND_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    return done.stdout.strip() or "unknown"
