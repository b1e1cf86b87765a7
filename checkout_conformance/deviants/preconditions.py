"""Whether a scenario failed in its preconditions: at a Given, or at a step that continues one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from typing import Literal

from gherkin.dialect import DIALECTS

from checkout_conformance.reporting.checks import FAILED
from checkout_conformance.reporting.evidence import ScenarioEvidence, StepEvidence

# A star says nothing about a step.
NO_KEYWORD = "*"


def is_precondition(one: ScenarioEvidence) -> bool:
    """Return whether the first step of a scenario that failed is a precondition.

    ``And`` and ``But`` continue the step before, in every language of Gherkin.
    """
    is_given = False
    for step in _steps(one):
        if _begins(step, _keywords("given")):
            is_given = True
        elif not _begins(step, _keywords("and", "but")):
            is_given = False
        if step.status in FAILED:
            return is_given
    return False


def _steps(one: ScenarioEvidence) -> Iterable[StepEvidence]:
    return (step for section in one.sections for step in section.steps)


def _begins(step: StepEvidence, keywords: Collection[str]) -> bool:
    return any(step.text.startswith(f"{keyword} ") for keyword in keywords)


@cache
def _keywords(*kinds: Literal["given", "and", "but"]) -> frozenset[str]:
    found = {
        keyword.strip()
        for dialect in DIALECTS.values()
        for kind in kinds
        for keyword in dialect[kind]
    }
    return frozenset(found - {NO_KEYWORD})
