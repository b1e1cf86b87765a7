"""Choose the scenarios of each deviant and stop at the first that kills it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import attr
import pytest
from pytest_bdd.parser import Scenario, ScenarioTemplate
from pytest_bdd.scenario import scenario_wrapper_template_registry
from xdist.scheduler import LoadScopeScheduling

from checkout_conformance import plan
from checkout_conformance.clauses import clauses_of
from checkout_conformance.deviants.collection import NoSuchDeviant, deviants_to_run
from checkout_conformance.deviants.deviant import REFERENCE, Deviant
from checkout_conformance.deviants.judge import DeviantJudge, kill_in, record_of, untried
from checkout_conformance.deviants.likeliest import noted_kills, unlikeliness
from checkout_conformance.deviants.matrix import Attempt
from checkout_conformance.deviants.page import result_line
from checkout_conformance.evidence.allure_files import results_folder
from checkout_conformance.evidence.allure_labels import EXAMPLE, feature_file, title
from checkout_conformance.plan import Key, read_plan
from checkout_conformance.reporting.allure_html import ReportError
from checkout_conformance.reporting.evidence import (
    ScenarioEvidence,
    is_scenario,
    read_evidence,
    scenario_in,
)

EVERY_ONE = "all"
RESULT = "deviant_result"
NAME_IN_ID = re.compile("<(.+?)>")


class DeviantRun:
    """Chooses the scenarios of each deviant, and stops at the first that kills it."""

    def __init__(self, config: pytest.Config) -> None:
        names: list[str] = config.getoption("--deviant")
        self._drives_reference = REFERENCE in names
        self._deviants = chosen_deviants(names)
        self._by_name = {deviant.name: deviant for deviant in self._deviants}
        self._places = {name: place for place, name in enumerate(self._by_name)}
        self._judge = DeviantJudge(read_plan())
        self._attempts: dict[str, list[Attempt]] = {}
        self._over: dict[str, str] = {}
        self._browser_next: bool = config.getoption("--browser-next")
        self._noted = noted_kills()
        self._at_most: int | None = config.getoption("--at-most")
        tried = config.getoption("--tried-in")
        self._tried = tried_in(Path(tried)) if tried else None

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Parametrize a scenario with the deviants that break one of its clauses."""
        template = scenario_of(metafunc.function)
        about = clauses_of(template) if template else []
        wanted = [one.name for one in self._deviants if one.clause in about]
        wanted += [REFERENCE] if template and self._drives_reference else []
        ids = [f"<{name}>" for name in wanted]
        metafunc.parametrize("deviant", wanted, indirect=True, scope="session", ids=ids)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> OneWorkerPerDeviant:
        """Run all scenarios of a deviant on one worker."""
        return OneWorkerPerDeviant(config, log)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Sort by deviant, the scenarios that are likeliest to kill it first."""
        chosen, seen = [], Counter[str]()
        for item in sorted(filter(self._is_wanted, items), key=self._order):
            name = str(name_of(item))
            seen[name] += 1
            if name == REFERENCE or seen[name] <= (self._at_most or seen[name]):
                chosen.append(item)
        left = set(items) - set(chosen)
        config.hook.pytest_deselected(items=[item for item in items if item in left])
        items[:] = chosen

    def _is_wanted(self, item: pytest.Item) -> bool:
        if name_of(item) is None:
            return False
        return self._tried is None or key_of(item) in self._tried

    def _order(self, item: pytest.Item) -> tuple[object, ...]:
        deviant = self._by_name.get(name_of(item) or REFERENCE)
        if deviant is None:
            return (len(self._places),)
        is_walk = _rendered(item)[0].rule is None
        late = unlikeliness(deviant, title_of(item), self._noted)
        return self._places[deviant.name], late[:2], is_walk, late[2]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip the other scenarios of a deviant that is killed or left to the browser."""
        if reason := self._over.get(str(name_of(item))):
            pytest.skip(reason)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        """Judge the scenario; report the deviant's result after the last one that was run."""
        name, result = str(name_of(item)), evidence_of(item)
        deviant = self._by_name.get(name)
        if deviant is None or name in self._over:
            return
        attempts = self._attempts.setdefault(name, [])
        if result is not None:
            attempts.append(self._judge.judge(result, deviant.clause))
        if reason := self._reason_to_stop(deviant, attempts):
            self._over[name] = reason
        if reason or nextitem is None or name_of(nextitem) != name:
            item.user_properties.append((RESULT, result_line(record_of(deviant, attempts))))

    def _reason_to_stop(self, deviant: Deviant, attempts: Sequence[Attempt]) -> str | None:
        if kill_in(attempts):
            return "another scenario has already killed this deviant"
        noted = self._noted.get(deviant.name)
        if self._browser_next and noted in untried(attempts):
            return "the scenario that kills this deviant needs the browser"
        return None


class OneWorkerPerDeviant(LoadScopeScheduling):  # type: ignore[misc]
    """Sends all scenarios of a deviant to one worker, and those of the reference to any.

    xdist's own loadgroup does not find its groups with pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        name = NAME_IN_ID.search(nodeid)
        return name[1] if name and name[1] != REFERENCE else nodeid


class DeviantProgress:
    """Prints a line for each deviant when its result is known."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_report_teststatus(self) -> tuple[str, str, str]:
        """Print no dots: failures are expected."""
        return "", "", ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A scenario is over, here or in a worker."""
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        line = dict(report.user_properties).get(RESULT)
        if line and terminal and report.when == "teardown":
            terminal.write_line(str(line))


def chosen_deviants(names: list[str]) -> list[Deviant]:
    """Return the deviants of the command line. Raises UsageError for an unknown name."""
    wanted = [name for name in names if name != REFERENCE]
    if not wanted:
        return []
    try:
        return deviants_to_run([] if EVERY_ONE in wanted else wanted)
    except NoSuchDeviant as unknown:
        raise pytest.UsageError(str(unknown)) from None


def tried_in(folder: Path) -> set[tuple[object, ...]]:
    """Return the keys of the scenarios with results in a folder. Raises UsageError."""
    try:
        return {one.key for one in read_evidence([folder])}
    except ReportError as error:
        raise pytest.UsageError(f"--tried-in: {error}") from None


def scenario_of(function: Callable[..., Any]) -> ScenarioTemplate | None:
    """Return the scenario that a test function runs; None for other tests."""
    return scenario_wrapper_template_registry.get(function)


def name_of(item: pytest.Item) -> str | None:
    """Return the name of the deviant that a test runs on."""
    spec = getattr(item, "callspec", None)
    # Without deviants for a scenario, pytest passes a placeholder that is not a text.
    name = spec.params.get("deviant") if spec else None
    return name if isinstance(name, str) else None


def key_of(item: pytest.Item) -> Key:
    """Return the scenario's key, as in the plan and the evidence."""
    scenario, row = _rendered(item)
    return plan.key_of(feature_file(scenario), scenario.name, sorted(row.items()))


def title_of(item: pytest.Item) -> str:
    """Return the scenario's title in the reports."""
    scenario, row = _rendered(item)
    return title(scenario.name, row)


def _rendered(item: pytest.Item) -> tuple[Scenario, dict[str, str]]:
    template = scenario_of(item.function)  # type: ignore[attr-defined]
    assert template is not None
    row: dict[str, str] = dict(item.callspec.params.get(EXAMPLE, {}))  # type: ignore[attr-defined]
    return template.render(row), row


def evidence_of(item: pytest.Item) -> ScenarioEvidence | None:
    """Return Allure's evidence of the test that just ended; None if it is no scenario."""
    listener = item.config.pluginmanager.get_plugin("allure_listener")
    found = listener and listener.allure_logger.get_test(None)
    if found is None:
        return None
    result = attr.asdict(found, filter=lambda _, value: value or value is False)
    folder = results_folder(item.config) or Path()
    return scenario_in(folder, result) if is_scenario(result) else None
