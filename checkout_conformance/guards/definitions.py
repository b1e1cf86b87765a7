"""The step definitions of the step library, as pytest-bdd knows them."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

from pytest_bdd.parser import Step
from pytest_bdd.steps import StepFunctionContext, StepNamePrefix, step_function_context_registry

from checkout_conformance.sentences import Sentence, Wording


def step_modules(folder: Path) -> list[ModuleType]:
    """The modules directly in ``folder``: one noun each."""
    names = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    return [importlib.import_module(f"{folder.name}.{name}") for name in names]


def definitions_in(modules: Iterable[ModuleType]) -> list[StepFunctionContext]:
    """The step definitions of ``modules``, each once."""
    found = [definition for module in modules for definition in _definitions(module)]
    return list({id(definition): definition for definition in found}.values())


def _definitions(module: ModuleType) -> Iterator[StepFunctionContext]:
    for name, value in vars(module).items():
        if name.startswith(StepNamePrefix.step_def.value):
            yield step_function_context_registry[value._get_wrapped_function()]


def wordings_of(definition: StepFunctionContext) -> Sequence[Wording]:
    """Each way to say a step, in every language of the features.

    Raises TypeError for a step that another decorator than those of ``Sentences`` defines.
    """
    if not isinstance(definition.parser, Sentence):
        raise TypeError(f"{name_of(definition)}: import given, when and then of Sentences")
    return definition.parser.wordings


def matches(definition: StepFunctionContext, step: Step, text: str) -> bool:
    """Whether pytest-bdd would take ``definition`` for a step with that text."""
    fits = definition.type in (None, step.type)
    return fits and definition.parser.is_matching(text)


def is_async(definition: StepFunctionContext) -> bool:
    """Whether the step would never be awaited: pytest-bdd calls it and goes on."""
    function = inspect.unwrap(definition.step_func)
    return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)


def name_of(definition: StepFunctionContext, wording: Wording | None = None) -> str:
    """The sentence, in one of its wordings, and where it is defined."""
    code = inspect.unwrap(definition.step_func).__code__
    where = f"{Path(code.co_filename).name}:{code.co_firstlineno}"
    text = wording.text if wording else definition.parser.name
    return f"{definition.type or 'step'} {text!r} ({where})"
