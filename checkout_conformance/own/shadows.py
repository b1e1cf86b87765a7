"""What a team's project has under the same name as ours, or in place of it.

Pytest and pytest-bdd take the one that was loaded last, without a word. Here it is an error that
names both places, unless ``replaces`` in ``checkout.toml`` has it by name.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from _pytest.fixtures import FixtureFunctionDefinition
from pytest_bdd.feature import get_features
from pytest_bdd.parser import Feature, Step
from pytest_bdd.steps import StepFunctionContext, StepNamePrefix

from checkout_conformance.guards.definitions import definitions_in, matches, name_of
from checkout_conformance.guards.files import lines_of
from checkout_conformance.project import FEATURES, OWN_FILE, OWN_PACKAGE, content_package
from checkout_conformance.targets.glossary import GLOSSARY, Glossary, own_labels
from checkout_conformance.team import Team

Definitions = Sequence[StepFunctionContext]
OURS = ("checkout_conformance.", content_package("steps"))


@dataclass(frozen=True)
class Thing:
    """Something that can be replaced: its name, and its place in a file."""

    name: str
    place: str


def shadows_of(own: Team, plugins: Iterable[object]) -> Iterator[str]:
    """Yield an error for each thing of ours that the project has too, and for a wrong ``replaces``.

    ``plugins`` are those of pytest: the steps and fixtures of both are in them.
    """
    modules = [one for one in plugins if isinstance(one, ModuleType)]
    ours = [one for one in modules if one.__name__.startswith(OURS)]
    theirs = [one for one in modules if one not in ours and _is_own(one, own.folder)]
    features = _features(own.features)
    yield from _of_kind(own, "label", _labels(GLOSSARY), _own_labels(own))
    yield from _of_kind(own, "feature", _files(FEATURES), _files(own.features))
    yield from _of_kind(own, "scenario", _scenarios(_features(FEATURES)), _scenarios(features))
    yield from _of_kind(own, "fixture", _fixtures(ours), _fixtures(theirs))
    yield from _sentences(own, features, definitions_in(ours), definitions_in(theirs))


def _of_kind(
    own: Team, kind: str, ours: Mapping[str, str], theirs: Mapping[str, str]
) -> Iterator[str]:
    asked_for = own.replaced(kind)
    for name in sorted(ours.keys() & theirs.keys() - asked_for):
        yield (
            f"{theirs[name]}: the {kind} {name!r} is also ours, in {ours[name]}. Give it another"
            f' name, or let {OWN_FILE} say replaces = ["{kind} {name}"].'
        )
    for name in sorted(asked_for - (ours.keys() & theirs.keys())):
        whose = "we have" if name in theirs else "the project has"
        yield f"{OWN_FILE}: it replaces the {kind} {name!r}, but {whose} none of that name"


def _labels(glossary: Path) -> dict[str, str]:
    return dict.fromkeys(Glossary("en", glossary).names(), _short(glossary))


def _own_labels(own: Team) -> dict[str, str]:
    return dict.fromkeys(own_labels(), _short(own.features / GLOSSARY.name))


def _features(folder: Path) -> list[Feature]:
    return get_features([str(folder)]) if folder.is_dir() else []


def _files(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): _short(path) for path in folder.rglob("*.feature")}


def _scenarios(features: Iterable[Feature]) -> dict[str, str]:
    return {
        scenario.name: f"{_short(Path(feature.filename))}:{scenario.line_number}"
        for feature in features
        for scenario in feature.scenarios.values()
    }


def _fixtures(modules: Iterable[ModuleType]) -> dict[str, str]:
    found = {}
    for module in modules:
        for name, value in vars(module).items():
            if isinstance(value, FixtureFunctionDefinition) and not _is_step(name):
                marker = value._fixture_function_marker
                found[marker.name or name] = _place(value._get_wrapped_function())
    return found


def _is_step(name: str) -> bool:
    return name.startswith((StepNamePrefix.step_def.value, StepNamePrefix.step_impl.value))


def _sentences(
    own: Team,
    features: Iterable[Feature],
    ours: Definitions,
    theirs: Definitions,
) -> Iterator[str]:
    """Yield an error for a line that is a sentence of both, of none, or twice of the project."""
    asked_for = own.replaced("sentence")
    kept = [one for one in ours if one.parser.name not in asked_for]
    for name in sorted(asked_for - {one.parser.name for one in ours}):
        yield f"{OWN_FILE}: it replaces the sentence {name!r}, but we have none of that text"
    for feature in features:
        yield from _without_one_sentence(feature, [*kept, *theirs])
    for feature in _features(FEATURES):
        yield from _taken_over(feature, kept, theirs)


def _without_one_sentence(feature: Feature, known: Definitions) -> Iterator[str]:
    """Yield the lines of the project that no sentence fits, or more than one."""
    for step, text in _lines(feature):
        found = [one for one in known if matches(one, step, text)]
        if len(found) != 1:
            yield _finding(feature, step, text, found)


def _taken_over(feature: Feature, ours: Definitions, theirs: Definitions) -> Iterator[str]:
    """Yield the lines of ours that a sentence of the project fits too."""
    for step, text in _lines(feature):
        if too := [one for one in theirs if matches(one, step, text)]:
            found = [one for one in ours if matches(one, step, text)]
            yield from [_finding(feature, step, text, [*found, *too])] if found else []


def _lines(feature: Feature) -> Iterator[tuple[Step, str]]:
    return (line for scenario in feature.scenarios.values() for line in lines_of(scenario))


def _finding(feature: Feature, step: Step, text: str, found: Definitions) -> str:
    place = f"{_short(Path(feature.filename))}:{step.line_number}"
    which = " and ".join(map(name_of, found)) or "no step"
    advice = "`checkout-conformance steps WORDS` lists the sentences."
    if found:
        taken = f"sentence {found[0].parser.name}"
        advice = f"Word it otherwise, or let {OWN_FILE} say replaces = [{taken!r}]."
    return f"{place}: {step.type} {text!r} is {which}. {advice}"


def _is_own(module: ModuleType, folder: Path) -> bool:
    if module.__name__.startswith(f"{OWN_PACKAGE}."):
        return True
    file = getattr(module, "__file__", None)
    return file is not None and Path(file).is_relative_to(folder) and Path(file).stem == "conftest"


def _place(function: Any) -> str:
    code = inspect.unwrap(function).__code__
    return f"{_short(Path(code.co_filename))}:{code.co_firstlineno}"


def _short(path: Path) -> str:
    """Return the last parts of a path: what people know a file by."""
    return "/".join(path.parts[-3:])
