"""The name, labels and parameters of a scenario in Allure."""

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
from checkout_conformance.team import label_of

# Labels by which the conformance report identifies the scenario; Allure's page hides them.
FEATURE, SCENARIO = "feature_file", "scenario"
WALK = "The documented walk"
EXAMPLE = "_pytest_bdd_example"


def scenario_of(item: Any) -> Scenario | None:
    """Return the scenario of a test, with its row of Examples; None for other tests."""
    function = getattr(item, "function", None)
    template = scenario_wrapper_template_registry.get(function) if function else None
    if template is None:
        return None
    return template.render(example_of(item))


def example_of(item: Any) -> dict[str, str]:
    """Return the row of Examples that a test runs; empty without Examples."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    return dict(parameters.get(EXAMPLE, {}))


def title(name: str, example: Mapping[str, str]) -> str:
    """Return a scenario's name with the values of its row that are not in the name."""
    unnamed = [value for value in example.values() if value not in name]
    return f"{name} [{', '.join(unnamed)}]" if unnamed else name


def is_scenario(result: TestResult) -> bool:
    """Return whether a result is that of a scenario, labelled by ``introduce``."""
    return any(label.name == FEATURE for label in result.labels)


def feature_file(scenario: Scenario) -> str:
    """Return the feature's path relative to ``features/``: ``wallet/x.feature``.

    One of the team's project begins with its name (``acme:x.feature``), and one outside both
    folders with ``../``: every file has its own path.
    """
    path = Path(scenario.feature.filename).resolve()
    return label_of(path) or Path(os.path.relpath(path, FEATURES)).as_posix()


def introduce(
    result: TestResult, scenario: Scenario, example: dict[str, str], setting: Setting
) -> None:
    """Set the scenario's name, labels and parameters.

    The columns of its Examples and its setting become parameters: Allure compares a result with
    earlier ones of the same full name and parameters.
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
    """Label a scenario that broke before it began, whose setting is not known."""
    _identify(result, scenario)
    result.name = title(scenario.name, example)
    result.labels.extend(_labels(scenario))


def _identify(result: TestResult, scenario: Scenario) -> None:
    # pytest's id is relative to the current folder, so two projects may have the same one.
    result.fullName = f"{feature_file(scenario)}: {scenario.name}"
    result.testCaseId = md5(result.fullName)  # type: ignore[no-untyped-call]


def _labels(scenario: Scenario) -> Iterator[Label]:
    """Return the labels: document, procedure, rule or walk, and clauses."""
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
    # Allure groups by epics or by suites: both give the same tree.
    return (Label(name=name, value=value) for name in names)


def _place(scenario: Scenario) -> str:
    return scenario.rule.name if scenario.rule else WALK


def _severity(scenario: Scenario) -> str:
    return Severity.NORMAL if scenario.rule else Severity.CRITICAL
