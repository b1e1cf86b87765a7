"""Run every scenario of a twin's site on the twin, and report each twin when it is done."""

from __future__ import annotations

from typing import Any

import pytest

from checkout_conformance.clauses import clauses_of
from checkout_conformance.deviants.driving import (
    EVERY_ONE,
    OneWorkerPerDeviant,
    evidence_of,
    scenario_of,
)
from checkout_conformance.drivers.capabilities import DRIVER_LACKS, not_tried
from checkout_conformance.evidence.allure_files import results_folder
from checkout_conformance.plan import read_plan
from checkout_conformance.twins.collection import NoSuchTwin, touches, twins_named
from checkout_conformance.twins.judge import SKIPPED, TwinJudge, record_of
from checkout_conformance.twins.matrix import Tried
from checkout_conformance.twins.page import result_line
from checkout_conformance.twins.twin import Twin

RESULT = "twin_result"


class TwinRun:
    """Chooses the scenarios of each twin, and prints a line for each twin in the end."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._twins = {twin.name: twin for twin in chosen_twins(config.getoption("--twin"))}
        self._enough: int | None = config.getoption("--enough")
        self._near: bool = config.getoption("--near")
        self._has_evidence = results_folder(config) is not None
        self._judge = TwinJudge(read_plan())
        self._tried: dict[str, list[Tried]] = {}

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Parametrize a scenario with the twins whose site it is about."""
        template = scenario_of(metafunc.function)
        about = clauses_of(template) if template else []
        wanted = [twin.name for twin in self._twins.values() if self._is_wanted(twin, about)]
        ids = [f"<{name}>" for name in wanted]
        metafunc.parametrize("twin", wanted, indirect=True, scope="session", ids=ids)

    def _is_wanted(self, twin: Twin, clauses: list[str]) -> bool:
        if self._near:
            return not set(clauses).isdisjoint(twin.clauses)
        return any(touches(twin, clause) for clause in clauses)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> OneWorkerPerDeviant:
        """Run all scenarios of a twin on one worker."""
        return OneWorkerPerDeviant(config, log)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave out what runs on no twin; sort by twin."""
        places = {name: place for place, name in enumerate(self._twins)}
        chosen = [item for item in items if name_of(item) in places]
        chosen.sort(key=lambda item: places[str(name_of(item))])
        left = set(items) - set(chosen)
        config.hook.pytest_deselected(items=[item for item in items if item in left])
        items[:] = chosen

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip the other scenarios of a twin with enough failures."""
        twin = self._twins[str(name_of(item))]
        failures = record_of(twin, self._tried.get(twin.name, [])).failures
        if self._enough and len(failures) >= self._enough:
            pytest.skip(SKIPPED)

    @pytest.hookimpl(trylast=True)
    def pytest_bdd_before_scenario(self, request: pytest.FixtureRequest) -> None:
        """Try nothing on a twin that needs what the driver lacks. Raises NotTried."""
        twin = self._twins[str(name_of(request.node))]
        if lacking := DRIVER_LACKS.among(twin.needs):
            not_tried(lacking, twin.sentence.rstrip("."))

    def pytest_report_teststatus(self) -> tuple[str, str, str] | None:
        """Print no dots: a line for each twin tells more, if there is the evidence for one."""
        return ("", "", "") if self._has_evidence else None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        """Judge the scenario; report the twin's result after its last one."""
        name, result = str(name_of(item)), evidence_of(item)
        tried = self._tried.setdefault(name, [])
        if result is not None and SKIPPED not in result.message:
            tried.append(self._judge.judge(result))
        if self._has_evidence and (nextitem is None or name_of(nextitem) != name):
            line = result_line(record_of(self._twins[name], tried))
            item.user_properties.append((RESULT, line))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Print the line of a twin that is done, here or in a worker."""
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        line = dict(report.user_properties).get(RESULT)
        if line and terminal and report.when == "teardown":
            terminal.write_line(str(line))


def chosen_twins(names: list[str]) -> list[Twin]:
    """Return the twins of the command line. Raises UsageError for an unknown name."""
    try:
        return twins_named([] if EVERY_ONE in names else names)
    except NoSuchTwin as unknown:
        raise pytest.UsageError(str(unknown)) from None


def name_of(item: pytest.Item) -> str | None:
    """Return the name of the twin that a test runs on."""
    spec = getattr(item, "callspec", None)
    # Without twins for a scenario, pytest passes a placeholder that is not a text.
    name = spec.params.get("twin") if spec else None
    return name if isinstance(name, str) else None
