"""Runs of the features on deviants and on the reference, with one driver or with both."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checkout_conformance.deviants.deviant import REFERENCE, Deviant
from checkout_conformance.deviants.judge import DeviantJudge
from checkout_conformance.deviants.known_reference import known_results
from checkout_conformance.deviants.matrix import BROWSER, HTTP, DriverName
from checkout_conformance.launch import pytest_environment, pytest_settings
from checkout_conformance.reporting.allure_html import ReportError
from checkout_conformance.reporting.evidence import ScenarioEvidence, read_evidence

# Exit statuses of pytest: passed, or tests failed, which is expected on deviants.
COMPLETED = (0, 1)
NOTHING_FOUND = 5
PYTEST = (
    *("-p", "no:randomly", "--traces", "off"),
    *("--deviant-lines", "-qq", "--no-header", "--tb=short", "-rN"),
)
WHERE = {HTTP: "over HTTP", BROWSER: "in the browser"}


class RunNotCompleted(Exception):
    """A run of pytest could not be completed. It has said why itself."""


@dataclass(frozen=True)
class DeviantRuns:
    """Runs the features, and reads back their evidence.

    ``results`` is the folder for Allure results. ``workers`` scenarios run at a time, and at most
    ``at_most`` on each deviant. ``reference`` is a folder with results of the features on this very
    commit: what they tell of the reference is not run again.
    """

    results: Path
    features: tuple[str, ...]
    workers: int
    at_most: int | None
    browser_too: bool = True
    reference: Path | None = None

    def of(
        self, deviants: Sequence[Deviant], driver: DriverName, judge: DeviantJudge
    ) -> list[ScenarioEvidence]:
        """Return the evidence of all deviants, and of the reference in the same scenarios.

        A deviant that nothing killed over HTTP is tried in the browser too, if ``browser_too`` is
        true. Raises RunNotCompleted, and ReportError for results that cannot be read.
        """
        shutil.rmtree(self.results, ignore_errors=True)
        evidence = self._try(deviants, driver)
        if driver == HTTP and self.browser_too:
            killed = {one.name for one in judge.matrix(deviants, evidence).killed_by(HTTP)}
            survivors = [one for one in deviants if one.name not in killed]
            evidence += self._try(survivors, BROWSER) if survivors else []
        for used in (HTTP, BROWSER):
            evidence += self._of_reference(used) if self._tried(used).exists() else []
        return evidence

    def _of_reference(self, driver: DriverName) -> list[ScenarioEvidence]:
        tried = {one.key for one in read_evidence([self._tried(driver)])}
        known = known_results(self.reference, driver, tried) if self.reference else []
        if known:
            print(f"The reference site ran the same scenarios {WHERE[driver]} before", flush=True)
        return known or self._try_reference(driver)

    def _try(self, deviants: Sequence[Deviant], driver: DriverName) -> list[ScenarioEvidence]:
        print(
            f"Running {len(deviants)} deviants {WHERE[driver]},"
            " each until a scenario of its clause fails",
            flush=True,
        )
        chosen = [word for one in deviants for word in ("--deviant", one.name)]
        limit = ["--at-most", str(self.at_most)] if self.at_most else []
        left = ["--browser-next"] if driver == HTTP and self.browser_too else []
        return self._drive(driver, self._tried(driver), *chosen, *limit, *left)

    def _try_reference(self, driver: DriverName) -> list[ScenarioEvidence]:
        print(f"Running the same scenarios {WHERE[driver]} on the reference site", flush=True)
        tried = ("--deviant", REFERENCE, "--tried-in", str(self._tried(driver)))
        return self._drive(driver, self.results / driver / REFERENCE, *tried)

    def _tried(self, driver: DriverName) -> Path:
        return self.results / driver / "deviants"

    def _drive(self, driver: DriverName, results: Path, *more: str) -> list[ScenarioEvidence]:
        command = [sys.executable, "-m", "pytest", *pytest_settings(), *self.features, *PYTEST]
        command += ["--driver", driver]
        command += ["-n", str(self.workers), f"--alluredir={results}", *more]
        status = subprocess.run(command, env=pytest_environment(), check=False).returncode
        if status == NOTHING_FOUND:
            raise ReportError(
                f"no scenario of these deviants was found in {', '.join(self.features)}. Name a"
                " folder that has a test module, such as features"
            )
        if status not in COMPLETED:
            raise RunNotCompleted
        return read_evidence([results])
