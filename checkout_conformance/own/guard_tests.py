"""The guards of a project's features as tests; ``features/test_guards.py`` imports them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

import pytest
from pytest_bdd.steps import StepFunctionContext

from checkout_conformance.clauses import CLAUSES, Clause, read_clauses
from checkout_conformance.guards import rules
from checkout_conformance.guards.definitions import definitions_in
from checkout_conformance.guards.files import FeatureFile, read_features
from checkout_conformance.guards.meaning import Reader
from checkout_conformance.guards.parity import differences
from checkout_conformance.project import content_package, own_modules
from checkout_conformance.team import Team, team

__all__ = [
    "own_features",
    "own_steps_defined",
    "test_a_clause_keeps_the_guard",
    "test_a_feature_keeps_the_guard",
    "test_a_sentence_keeps_the_guard",
    "test_the_arabic_features_say_the_same",
]


def _team() -> Team:
    own = team()
    assert own is not None
    return own


@pytest.fixture(scope="session")
def own_features() -> list[FeatureFile]:
    """The features of the project."""
    return read_features(_team().features)


@pytest.fixture(scope="session")
def own_steps_defined() -> list[StepFunctionContext]:
    """The step definitions of the project."""
    return definitions_in(sys.modules[name] for name in own_modules("steps"))


@pytest.mark.parametrize("guard", rules.OF_FEATURES)
def test_a_feature_keeps_the_guard(
    own_features: list[FeatureFile], guard: Callable[..., rules.Findings]
) -> None:
    """No feature looks green and checks nothing."""
    _show(guard(own_features))


@pytest.mark.parametrize("guard", rules.OF_CLAUSES)
def test_a_clause_keeps_the_guard(
    own_features: list[FeatureFile], guard: Callable[..., rules.Findings]
) -> None:
    """Every clause of the project has a walk and a rule, and no feature names an unknown one."""
    is_of_own = guard in (rules.clauses_without_a_walk, rules.clauses_without_a_rule)
    _show(guard(own_features, _own_clauses() if is_of_own else read_clauses()))


def test_a_sentence_keeps_the_guard(
    own_features: list[FeatureFile], own_steps_defined: list[StepFunctionContext]
) -> None:
    """Every sentence of the project is used, and is a step that runs."""
    _show(rules.unused_definitions(own_features, own_steps_defined))
    _show(rules.async_definitions(own_steps_defined))
    _show(rules.functions_of_two_fixtures(own_steps_defined))


def test_the_arabic_features_say_the_same(
    own_features: list[FeatureFile], own_steps_defined: list[StepFunctionContext]
) -> None:
    """Where the project has readers of Arabic, each feature has its Arabic twin."""
    if "ar" not in _team().table.languages:
        pytest.skip("checkout.toml names no readers of Arabic")
    ours = definitions_in(
        module
        for name, module in list(sys.modules.items())
        if name.startswith(f"{content_package('steps')}.")
    )
    _show(differences(own_features, Reader([*ours, *own_steps_defined])))


def _own_clauses() -> dict[str, Clause]:
    ours = read_clauses(CLAUSES)
    return {name: clause for name, clause in read_clauses().items() if name not in ours}


def _show(findings: Iterable[str]) -> None:
    found = list(findings)
    if found:
        pytest.fail("\n".join(found), pytrace=False)
