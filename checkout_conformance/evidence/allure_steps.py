"""The pytest plugin that reports a scenario to Allure, clause by clause.

It also works without ``--alluredir``: failures are explained in any case, pictures are taken only
for a report.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest
from allure_commons.model2 import TestResult
from pytest_bdd.feature import get_features
from pytest_bdd.parser import Scenario, Step

from checkout_conformance.clauses import CLAUSE_ID, read_clauses, read_procedures
from checkout_conformance.drivers.capabilities import DRIVER_LACKS
from checkout_conformance.drivers.presses import PRESSES
from checkout_conformance.evidence.allure_files import (
    EnvironmentWriter,
    install_filtering_logger,
    results_folder,
)
from checkout_conformance.evidence.allure_labels import (
    EXAMPLE,
    example_of,
    introduce,
    introduce_broken,
    scenario_of,
    title,
)
from checkout_conformance.evidence.browser_recorder import recorder_of
from checkout_conformance.evidence.clause_stops import stop_at
from checkout_conformance.evidence.failures import own_frames, ran_out_of_time
from checkout_conformance.evidence.feature_errors import errors_of_file
from checkout_conformance.evidence.scenario_story import ScenarioStory
from checkout_conformance.evidence.setting import Setting
from checkout_conformance.plan import feature_files
from checkout_conformance.processes.run_processes import ended_processes

pytest_plugins = ["checkout_conformance.evidence.redaction"]
STORY = pytest.StashKey[ScenarioStory]()


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Set up the results, after allure-pytest did."""
    config.addinivalue_line("markers", "clause(id): the clause of a document that is checked")
    for procedure in read_procedures().values():
        config.addinivalue_line("markers", procedure.heading)
    # pytest-bdd makes markers of tags on Examples, which errors_of_file rejects later.
    for clause in read_clauses():
        config.addinivalue_line(
            "markers", f"{clause}: a tag; choose by -m 'clause(id=\"{clause}\")'"
        )
    if folder := results_folder(config):
        install_filtering_logger(config, folder)
        if not hasattr(config, "workerinput"):
            config.pluginmanager.register(EnvironmentWriter(config), "allure_environment")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for traces."""
    parser.getgroup("conformance").addoption(
        "--traces",
        choices=["off", "actions", "full"],
        default="actions",
        help="the Playwright trace to keep of failures, without typed values: actions, or full "
        "with snapshots of the page, which is slower (default: %(default)s)",
    )


@pytest.hookimpl(optionalhook=True)
def pytest_prepare_workers(config: pytest.Config) -> None:
    """Parse the features once for all workers."""
    for file in feature_files(config.args, config.getini("norecursedirs")):
        [feature] = get_features([str(file)])
        errors_of_file(feature.filename)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Report an error for features that would not run as they are written."""
    report = yield
    found = map(scenario_of, report.result if isinstance(collector, pytest.Module) else [])
    paths = sorted({scenario.feature.filename for scenario in found if scenario})
    errors = [
        f"{os.path.relpath(path, collector.config.rootpath)}:{line}: {error}"
        for path in paths
        for line, error in errors_of_file(path)
    ]
    if errors:
        report.outcome, report.longrepr, report.result = "failed", "\n".join(errors), []
    return report


def pytest_bdd_apply_tag(tag: str, function: Any) -> bool | None:
    """Turn a tag like @W1.4 into a clause marker; leave others to pytest-bdd."""
    if not CLAUSE_ID.fullmatch(tag):
        return None
    pytest.mark.clause(id=tag)(function)
    return True


def pytest_bdd_before_scenario(request: pytest.FixtureRequest, scenario: Scenario) -> None:
    """Label the scenario and begin its report."""
    item = request.node
    takes_evidence = results_folder(request.config) is not None
    story = ScenarioStory(scenario, recorder_of(item), takes_evidence)
    item.stash[STORY] = story
    PRESSES.watch(story.show_press)
    setting: Setting = request.getfixturevalue("setting")
    example: dict[str, str] = request.getfixturevalue(EXAMPLE)
    item.user_properties += [("scenario", title(scenario.name, example)), *setting.facts.items()]
    result = _result(request.config)
    if result is not None:
        introduce(result, scenario, example, setting)


def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Step) -> None:
    """Open the step, and its clause if it is the clause's first step."""
    opened = request.node.stash[STORY].begin(step)
    if opened and request.config.getoption("--stop-at-clauses"):
        stop_at(opened, request.config)


def pytest_bdd_after_step(request: pytest.FixtureRequest) -> None:
    """Close the step; after the last step of a clause take a picture."""
    request.node.stash[STORY].end(DRIVER_LACKS.take_latest())


def pytest_bdd_step_error(request: pytest.FixtureRequest, exception: BaseException) -> None:
    """Attach the evidence of the failure, then close the step and its clause."""
    if isinstance(exception, pytest.exit.Exception):
        # Stops the other xdist workers too; without this they would report an internal error.
        request.session.shouldstop = str(exception)
    # After a timeout do not ask the browser for anything: it might never answer.
    ended = [] if ran_out_of_time(exception) else ended_processes(request.config)
    names = " and ".join(process.name for process in ended)
    request.node.stash[STORY].fail(exception, names)


def pytest_bdd_after_scenario(request: pytest.FixtureRequest) -> None:
    """Close steps that a skip left open; record the outcome of each clause."""
    story = request.node.stash[STORY]
    PRESSES.watch(None)
    story.finish()
    request.node.user_properties += [
        (clause, f"{outcome} in {seconds:.2f} s") for clause, outcome, seconds in story.outcomes
    ]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Replace the error of a step by its explanation."""
    __tracebackhide__ = True
    try:
        return (yield)
    except BaseException as error:
        told = _explained(item, error)
        if told is None:
            raise
        raise told.with_traceback(own_frames(error.__traceback__)) from None


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Label a scenario whose set-up failed, before Allure reads its report."""
    report = yield
    if report.when == "setup" and report.failed:
        _introduce_broken(item)
    return report


def _introduce_broken(item: pytest.Item) -> None:
    scenario, result = scenario_of(item), _result(item.config)
    if scenario is not None and result is not None:
        introduce_broken(result, scenario, example_of(item))


def _explained(item: pytest.Item, error: BaseException) -> BaseException | None:
    story = item.stash.get(STORY, None)
    if story is None or story.explained is None or story.explained[0] is not error:
        return None
    return story.explained[1]


def _result(config: pytest.Config) -> TestResult | None:
    """Return Allure's result of the running test, or None without --alluredir."""
    listener = config.pluginmanager.get_plugin("allure_listener")
    return None if listener is None else listener.allure_logger.get_test(None)
