"""The pytest plugin that tells a scenario to Allure, clause by clause.

It works with and without ``--alluredir``: failures are put into words either way, pictures are
taken only for a report.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

import pytest
from allure_commons.model2 import Label, Parameter, TestResult
from allure_commons.types import LabelType, Severity
from pytest_bdd.parser import Scenario, Step

from reports.allure_files import quieten, results_folder, write_environment
from reports.clauses import CLAUSE_ID, clauses_of, read_clauses, read_procedures
from reports.failures import clean_report, own_frames
from reports.pictures import onlooker_of
from reports.scenario_story import ScenarioStory
from steps.target import read_target

STORY = pytest.StashKey[ScenarioStory]()
WALK = "The documented walk"
EXAMPLE = "_pytest_bdd_example"


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Set up the results, after allure-pytest did."""
    config.addinivalue_line("markers", "clause(id): the clause of a document that is checked")
    for procedure, title in read_procedures().items():
        config.addinivalue_line("markers", f"{procedure}: {title}")
    if results_folder(config):
        quieten(config)
        if not hasattr(config, "workerinput"):
            config.pluginmanager.register(EnvironmentWriter(config), "allure_environment")


class EnvironmentWriter:
    """Describes the run once, in the process that sees all of it.

    It waits for the first result: with --clean-alluredir each worker empties the folder as it
    starts, and at the end it could be too late, as a run may be killed.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._written = False

    def pytest_runtest_logreport(self) -> None:
        """A first test has been run."""
        folder = results_folder(self._config)
        if folder and not self._written:
            self._written = True
            write_environment(folder, read_target("mock"))


def pytest_bdd_apply_tag(tag: str, function: Any) -> bool | None:
    """Make a tag like @W1.4 a mark that can be looked up; leave others to pytest-bdd."""
    if not CLAUSE_ID.fullmatch(tag):
        return None
    pytest.mark.clause(tag)(function)
    return True


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, scenario: Scenario) -> None:
    """Name and sort the scenario, and begin its story."""
    item = request.node
    takes_pictures = results_folder(request.config) is not None
    item.stash[STORY] = ScenarioStory(scenario, onlooker_of(item), takes_pictures)
    result = _result(request.config)
    if result is not None:
        _introduce(result, scenario, request.getfixturevalue(EXAMPLE))
        result.labels.extend(_labels(scenario))


def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Step) -> None:
    """Open the step, and its clause if it is the first of it."""
    request.node.stash[STORY].begin(step)


def pytest_bdd_after_step(request: pytest.FixtureRequest) -> None:
    """Close the step; after the last of a clause, take its picture."""
    request.node.stash[STORY].end()


def pytest_bdd_step_error(request: pytest.FixtureRequest, exception: BaseException) -> None:
    """Keep what the page showed, then close the step and its clause."""
    request.node.stash[STORY].fail(exception)


def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """Close what a skip or a missing step left open."""
    request.node.stash[STORY].finish()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Let a scenario fail in the words of the report."""
    __tracebackhide__ = True
    try:
        return (yield)
    except BaseException as error:
        told = _told(item, error)
        if told is None:
            raise
        raise told.with_traceback(own_frames(error.__traceback__)) from None


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Clean the report before anybody else, Allure and the terminal included, reads it."""
    report = yield
    clean_report(report)
    return report


def _told(item: pytest.Item, error: BaseException) -> BaseException | None:
    story = item.stash.get(STORY, None)
    if story is None or story.explained is None or story.explained[0] is not error:
        return None
    return story.explained[1]


def _title(scenario: Scenario, example: dict[str, str]) -> str:
    unnamed = [value for value in example.values() if value not in scenario.name]
    return f"{scenario.name} [{', '.join(unnamed)}]" if unnamed else scenario.name


def _result(config: pytest.Config) -> TestResult | None:
    """What Allure will write about the running test, or None if it writes nothing."""
    listener = config.pluginmanager.get_plugin("allure_listener")
    return None if listener is None else listener.allure_logger.get_test(None)


def _introduce(result: TestResult, scenario: Scenario, example: dict[str, str]) -> None:
    """Name the scenario, and show the columns of its Examples instead of pytest-bdd's parameter."""
    result.name = _title(scenario, example)
    result.description = (scenario.description or scenario.feature.description).strip()
    others = [parameter for parameter in result.parameters if parameter.name != EXAMPLE]
    columns = [Parameter(name=name, value=value) for name, value in example.items()]
    result.parameters = [*others, *columns]


def _labels(scenario: Scenario) -> Iterator[Label]:
    """Where the scenario stands: its document, its procedure, and its rule or the walk."""
    known = read_clauses()
    clauses = [known[clause] for clause in clauses_of(scenario) if clause in known]
    for clause in clauses[:1]:
        yield from _labelled(clause.document, LabelType.EPIC, LabelType.PARENT_SUITE)
        yield from _labelled(clause.procedure, LabelType.FEATURE, LabelType.SUITE)
    yield from _labelled(_place(scenario), LabelType.STORY, LabelType.SUB_SUITE)
    yield from _labelled(_severity(scenario), LabelType.SEVERITY)
    for clause in clauses:
        yield from _labelled(clause.id, LabelType.TAG)


def _labelled(value: str, *names: str) -> Iterator[Label]:
    # Allure's viewers sort by epics or by suites: both shall give the same tree.
    return (Label(name=name, value=value) for name in names)


def _place(scenario: Scenario) -> str:
    return scenario.rule.name if scenario.rule else WALK


def _severity(scenario: Scenario) -> str:
    return Severity.NORMAL if scenario.rule else Severity.CRITICAL
