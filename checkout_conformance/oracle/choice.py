"""Choose scenarios and deviants for trials: enough that every assertion is tried, and few."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from pytest_bdd.feature import get_features

from checkout_conformance.deviants.deviant import Deviant
from checkout_conformance.deviants.likeliest import likeness
from checkout_conformance.deviants.matrix import HTTP, DeviantRecord, KillMatrix
from checkout_conformance.evidence.allure_labels import feature_file
from checkout_conformance.oracle.assertions import Assertion
from checkout_conformance.plan import PlannedScenario
from checkout_conformance.project import FEATURES

# What differs between two uses of a sentence.
VALUES = re.compile(r'"[^"]*"|<[^>]*>|\d[\d.,]*')


def covering(plan: Iterable[PlannedScenario]) -> list[PlannedScenario]:
    """Return scenarios that have all sentences of the plan: the shortest first, each with new ones.

    Those in English only: the others have the same steps.
    """
    seen: set[str] = set()
    chosen = []
    for one in sorted(plan, key=lambda planned: len(_sentences_of(planned))):
        if not one.edition and not _sentences_of(one) <= seen:
            seen |= _sentences_of(one)
            chosen.append(one)
    return chosen


def killed_over_http(matrices: Iterable[KillMatrix], most: int) -> list[DeviantRecord]:
    """Return deviants that were killed over HTTP; at most that many of each sentence."""
    count: Counter[str] = Counter()
    chosen = []
    for one in (one for matrix in matrices for one in matrix.killed_by(HTTP)):
        sentence = VALUES.sub("…", one.step or "")
        count[sentence] += 1
        if count[sentence] <= most:
            chosen.append(one)
    return chosen


def likely_to_fail_at(
    assertion: Assertion,
    scenarios: Iterable[PlannedScenario],
    deviants: Iterable[Deviant],
    most: int,
) -> list[tuple[Deviant, PlannedScenario]]:
    """Return at most that many deviants that may fail at an assertion, each with a scenario.

    The scenarios are some that come to the assertion. A deviant breaks a clause of its scenario,
    and has many words in common with the scenario's title and the assertion; each is chosen once.
    """
    words = f"{assertion.place} {assertion.source}"
    pairs = [
        (likeness(deviant, f"{scenario.name} {words}"), deviant, scenario)
        for scenario in scenarios
        for deviant in deviants
        if deviant.clause in scenario.clauses
    ]
    chosen: dict[str, tuple[Deviant, PlannedScenario]] = {}
    for _, deviant, scenario in sorted(pairs, key=lambda pair: pair[0], reverse=True):
        chosen.setdefault(deviant.name, (deviant, scenario))
    return list(chosen.values())[:most]


def _sentences_of(planned: PlannedScenario) -> frozenset[str]:
    return _sentences().get((planned.feature, VALUES.sub("…", planned.name)), frozenset())


@cache
def _sentences() -> dict[tuple[str, str], frozenset[str]]:
    """The sentences of all scenarios, without their values."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for feature in get_features([str(FEATURES)]):
        for template in feature.scenarios.values():
            scenario = template.render({})
            key = feature_file(scenario), VALUES.sub("…", template.name)
            steps = {VALUES.sub("…", step.name) for step in scenario.steps}
            found[key] = found.get(key, frozenset()) | steps
    return found
