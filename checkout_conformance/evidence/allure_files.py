"""Which files allure-pytest leaves, beyond the results themselves."""

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
SETTING = [field.name for field in fields(Setting)]


class FilteringFileLogger(AllureFileLogger):
    """Leaves out what went well and is no scenario: fixtures, and the tests of the harness.

    pytest-bdd makes a fixture of every step, so a scenario would bring a file for each of them;
    and the scenarios would be lost among five times as many tests. Pictures are packed behind the
    scenario's back, while it waits for the browser.
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
        """Write the container only where it tells of trouble."""
        parts = [*container.befores, *container.afters]
        if any(part.status in (Status.FAILED, Status.BROKEN) for part in parts):
            super().report_container(redacted(container))  # type: ignore[no-untyped-call]

    @allure_commons.hookimpl
    def report_attached_data(self, body: Any, file_name: str) -> None:
        """Write an attachment, secrets left out; a snapshot is written once it is packed."""
        if isinstance(body, Snapshot):
            self._packing.append(self._packer.submit(self._write_packed, body, file_name))
        else:
            super().report_attached_data(redacted_file(body), file_name)  # type: ignore[no-untyped-call]

    @allure_commons.hookimpl
    def report_attached_file(self, source: str, file_name: str) -> None:
        """Write a copy of a file, secrets left out."""
        self.report_attached_data(Path(source).read_bytes(), file_name)

    @allure_commons.hookimpl
    def report_globals(self, globals_item: Any) -> None:
        """Write what belongs to no test."""
        super().report_globals(redacted(globals_item))  # type: ignore[no-untyped-call]

    def pytest_sessionfinish(self) -> None:
        """Wait for the last picture. Raises what kept any of them from being written."""
        self._packer.shutdown()
        for picture in self._packing:
            picture.result()

    def _write_packed(self, snapshot: Snapshot, file_name: str) -> None:
        super().report_attached_data(snapshot.packed(), file_name)  # type: ignore[no-untyped-call]


def install_filtering_logger(config: pytest.Config, folder: Path) -> None:
    """Put the quiet logger in the place of allure-pytest's own, until the run ends."""
    plugins = allure_commons.plugin_manager
    loud = next(plugin for plugin in plugins.get_plugins() if type(plugin) is AllureFileLogger)
    quiet = FilteringFileLogger(folder)
    plugins.unregister(loud)
    plugins.register(quiet)
    # A worker of xdist is stopped when its session is over: there must be no picture left by then.
    config.pluginmanager.register(quiet, "allure_files")

    def restore() -> None:
        # allure-pytest will want to unregister the logger that it registered.
        plugins.unregister(quiet)
        plugins.register(loud)

    config.add_cleanup(restore)


def results_folder(config: pytest.Config) -> Path | None:
    """Where Allure results go, or None if nobody asked for them."""
    folder = config.getoption("allure_report_dir", None)
    return Path(folder) if folder else None


class EnvironmentWriter:
    """Describes the run, in the process that sees all of it.

    It writes as results come: with --clean-alluredir each worker empties the folder as it starts,
    and at the end it could be too late, as a run may be killed.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._seen: dict[str, set[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A scenario was run: its setting may be a new one."""
        folder, properties = results_folder(self._config), dict(report.user_properties)
        facts = {name: str(properties[name]) for name in SETTING if name in properties}
        if folder and any(value not in self._seen.get(name, ()) for name, value in facts.items()):
            for name, value in facts.items():
                self._seen.setdefault(name, set()).add(value)
            write_environment(folder, self._seen)


def write_environment(folder: Path, settings: Mapping[str, Collection[str]]) -> None:
    """Say in the report what was run, on what."""
    facts = {
        **{name: ", ".join(sorted(values)) for name, values in settings.items()},
        **_versions(),
    }
    lines = "".join(f"{name}={value}\n" for name, value in facts.items())
    (folder / "environment.properties").write_text(lines, encoding="utf-8")


@cache
def _versions() -> dict[str, str]:
    packages = ("playwright", "pytest", "pytest-bdd")
    return {
        "browser version": _browser(),
        "python": platform.python_version(),
        **{package: version(package) for package in packages},
        "commit": _output_of("git", "-C", str(WORK), "describe", "--always", "--dirty", "--tags"),
    }


def _browser() -> str:
    program = find_chromium()
    return _output_of(str(program), "--version") if program else "Playwright's own Chromium"


def _output_of(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=COMMAND_SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    return done.stdout.strip() or "unknown"
