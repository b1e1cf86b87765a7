"""What Allure is told of a scenario before it runs: its name, its place, its setting."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from allure_commons.model2 import Label, Parameter, TestResult
from allure_commons.types import LabelType, Severity
from allure_commons.utils import md5
from pytest_bdd.parser import Scenario
from pytest_bdd.scenario import scenario_wrapper_template_registry

from checkout_conformance.clauses import clauses_of, read_clauses
from checkout_conformance.evidence.setting import Setting
from checkout_conformance.project import FEATURES

# Labels by which the conformance report finds the scenario again; Allure's page leaves them out.
FEATURE, SCENARIO = "feature_file", "scenario"
WALK = "The documented walk"
EXAMPLE = "_pytest_bdd_example"


def scenario_of(item: Any) -> Scenario | None:
    """The scenario that a test runs, as the row of its Examples has it; None for other tests."""
    function = getattr(item, "function", None)
    template = scenario_wrapper_template_registry.get(function) if function else None
    if template is None:
        return None
    return template.render(example_of(item))


def example_of(item: Any) -> dict[str, str]:
    """The row of its Examples that a test runs; empty without any."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    return dict(parameters.get(EXAMPLE, {}))


def title(name: str, example: Mapping[str, str]) -> str:
    """A scenario's name, with what tells a row of its Examples from the others."""
    unnamed = [value for value in example.values() if value not in name]
    return f"{name} [{', '.join(unnamed)}]" if unnamed else name


def is_scenario(result: TestResult) -> bool:
    """Whether a result is that of a scenario, which ``introduce`` has sorted."""
    return any(label.name == FEATURE for label in result.labels)


def feature_file(scenario: Scenario) -> str:
    """Where the scenario stands, seen from ``features/``: ``wallet/x.feature``.

    A feature of somebody else's begins with ``../``: two files never have the same place.
    """
    path = Path(scenario.feature.filename).resolve()
    return Path(os.path.relpath(path, FEATURES)).as_posix()


def introduce(
    result: TestResult, scenario: Scenario, example: dict[str, str], setting: Setting
) -> None:
    """Name the scenario and sort it.

    The columns of its Examples and its setting become parameters: Allure compares with earlier
    runs what has the same ones and the same full name.
    """
    _identify(result, scenario)
    result.name = title(scenario.name, example)
    result.description = (scenario.description or scenario.feature.description).strip()
    columns = [Parameter(name=name, value=value) for name, value in example.items()]
    facts = [Parameter(name=name, value=value) for name, value in setting.facts.items()]
    result.parameters = [*columns, *facts]
    result.labels.extend(_labels(scenario))
    result.labels.extend(Label(name=name, value=value) for name, value in setting.facts.items())


def introduce_broken(result: TestResult, scenario: Scenario, example: dict[str, str]) -> None:
    """Let a scenario be found that broke before it began; its setting is not known yet."""
    _identify(result, scenario)
    result.name = title(scenario.name, example)
    result.labels.extend(_labels(scenario))


def _identify(result: TestResult, scenario: Scenario) -> None:
    # pytest's own id is relative to where a run is started: two projects may have the same one.
    result.fullName = f"{feature_file(scenario)}: {scenario.name}"
    result.testCaseId = md5(result.fullName)  # type: ignore[no-untyped-call]


def _labels(scenario: Scenario) -> Iterator[Label]:
    """Where the scenario stands: its document, its procedure, and its rule or the walk."""
    known = read_clauses()
    clauses = [known[clause] for clause in clauses_of(scenario) if clause in known]
    for procedure in [clause.procedure for clause in clauses[:1]]:
        yield from _labelled(procedure.document.heading, LabelType.EPIC, LabelType.PARENT_SUITE)
        yield from _labelled(procedure.heading, LabelType.FEATURE, LabelType.SUITE)
    yield from _labelled(_place(scenario), LabelType.STORY, LabelType.SUB_SUITE)
    yield from _labelled(_severity(scenario), LabelType.SEVERITY)
    yield from _labelled(feature_file(scenario), FEATURE)
    yield from _labelled(scenario.name, SCENARIO)
    for clause in clauses:
        yield from _labelled(clause.id, LabelType.TAG)


def _labelled(value: str, *names: str) -> Iterator[Label]:
    # Allure's viewers sort by epics or by suites: both shall give the same tree.
    return (Label(name=name, value=value) for name in names)


def _place(scenario: Scenario) -> str:
    return scenario.rule.name if scenario.rule else WALK


def _severity(scenario: Scenario) -> str:
    return Severity.NORMAL if scenario.rule else Severity.CRITICAL
