"""Registers steps with pytest-bdd under one name, so that a line finds its step quickly.

pytest-bdd makes a fixture of each step, with a name of its own. For each line of a scenario it asks
pytest for the fixtures of every name, which took a sixth of a run over HTTP. Of one name it goes
through all fixtures, as it does to find those that others override. So all steps share a name.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from itertools import count
from typing import Literal

import pytest
from pytest_bdd.parsers import StepParser
from pytest_bdd.steps import StepFunctionContext, StepNamePrefix, step_function_context_registry

Keyword = Literal["given", "when", "then"]
NAME = f"{StepNamePrefix.step_def.value}_sentence"


def register_step(
    function: Callable[..., object],
    keyword: Keyword,
    parser: StepParser,
    target_fixture: str | None,
    module: MutableMapping[str, object],
) -> None:
    """Make ``function`` a step of the module whose variables ``module`` are.

    ``target_fixture`` is the name of the fixture that its result replaces.
    """
    definition = StepFunctionContext(keyword, function, parser, target_fixture=target_fixture)

    def step() -> StepFunctionContext:
        return definition

    step_function_context_registry[step] = definition
    names = (f"{NAME}_{number}" for number in count(1))
    module[next(name for name in names if name not in module)] = pytest.fixture(name=NAME)(step)
