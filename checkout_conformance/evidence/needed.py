"""A pytest plugin: what a target does not offer is skipped before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from pytest_bdd.parser import Scenario, Step
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from checkout_conformance.targets.needed import Need, declared_by
from checkout_conformance.targets.target import Target, not_offered
from checkout_conformance.targets.values import CLOCK

QUOTED = re.compile(r'"([^"]+)"|«([^«»]+)»')
MOBILE = "mobile"


@pytest.hookimpl(trylast=True)
def pytest_bdd_before_scenario(request: pytest.FixtureRequest, scenario: Scenario) -> None:
    """Skip the scenario if the target does not offer all that its steps need."""
    target: Target = request.getfixturevalue("described_target")
    for need in lacking(needs_of(scenario), target):
        not_offered(str(need))


def needs_of(scenario: Scenario) -> list[Need]:
    """What the steps of a scenario declare that they need, and the words that they quote."""
    found = [Need(MOBILE)] if _is_mobile(scenario) else []
    declaring = _declaring()
    for step in scenario.steps:
        found += [*_declared(step, declaring), *map(Need, _quoted(step))]
    return list(dict.fromkeys(with_time_together(found)))


def lacking(needs: Sequence[Need], target: Target) -> list[Need]:
    """Those of the needs that the target does not offer."""
    return [
        need
        for need in needs
        if target.does_lack(need.what, need.site) and not target.may_wait(need.seconds)
    ]


def with_time_together(needs: Sequence[Need]) -> list[Need]:
    """The needs with one of the clock: for the time of all its waits, if no other is among them."""
    waits = [need.seconds for need in needs if need.what == CLOCK]
    if len(waits) < 2:
        return [*needs]
    known = [seconds for seconds in waits if seconds is not None]
    whole = sum(known) if len(known) == len(waits) else None
    return [*(need for need in needs if need.what != CLOCK), Need(CLOCK, seconds=whole)]


def _declared(step: Step, declaring: Sequence[StepFunctionContext]) -> Iterator[Need]:
    for context in declaring:
        if context.type in (None, step.type) and context.parser.is_matching(step.name):
            yield from declared_by(
                context.step_func, context.parser.parse_arguments(step.name) or {}
            )
            return


def _declaring() -> list[StepFunctionContext]:
    """The step definitions that declare a need: few of them all."""
    return [
        context
        for context in step_function_context_registry.values()
        if [*declared_by(context.step_func, {})]
    ]


def _quoted(step: Step) -> Iterator[str]:
    for one, other in QUOTED.findall(step.name):
        yield one or other


def _is_mobile(scenario: Scenario) -> bool:
    of_rule = scenario.rule.tags if scenario.rule else set()
    return MOBILE in {*scenario.tags, *of_rule, *scenario.feature.tags}
