"""A pytest plugin that finds the step of a Gherkin line sooner.

For each line pytest-bdd asks pytest about every fixture there is, whether it may be used here, and
looks only then whether the words fit: of our scenarios that took a twentieth of the time. Which
steps may be used is the same for all scenarios of a module, so it is asked once.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any

import pytest
from pytest_bdd.compat import get_fixture_names, getfixturedefs
from pytest_bdd.parser import Step
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

# What pytest-bdd calls for each line; there is no hook for it. The package has a function with
# the name of the module.
PLACE, REPLACED = import_module("pytest_bdd.scenario"), "find_fixturedefs_for_step"
find_as_pytest_bdd_does = getattr(PLACE, REPLACED)

Fixture = pytest.FixtureDef[object]


class StepLookup:
    """The steps that the scenarios of each module may use."""

    def __init__(self) -> None:
        self._of: dict[pytest.Item | pytest.Collector, list[tuple[Fixture, StepFunctionContext]]]
        self._of = {}

    def find(self, step: Step, fixturemanager: Any, node: pytest.Item) -> Iterable[Fixture]:
        """The definitions that fit a line, as pytest-bdd would find them and in its order."""
        home = node.parent or node
        if home not in self._of:
            self._of[home] = list(_usable(fixturemanager, node))
        for fixture, definition in self._of[home]:
            if definition.type in (None, step.type) and definition.parser.is_matching(step.name):
                yield fixture


def pytest_configure(config: pytest.Config) -> None:
    """Look steps up this way until the run ends."""
    setattr(PLACE, REPLACED, StepLookup().find)
    config.add_cleanup(lambda: setattr(PLACE, REPLACED, find_as_pytest_bdd_does))


def _usable(
    fixturemanager: Any, node: pytest.Item
) -> Iterable[tuple[Fixture, StepFunctionContext]]:
    for name in get_fixture_names(fixturemanager=fixturemanager):
        for fixture in getfixturedefs(fixturemanager, name, node) or []:
            definition = step_function_context_registry.get(fixture.func)
            if definition is not None:
                yield fixture, definition
