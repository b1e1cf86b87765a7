"""A deviant without tiles, and what its judge is shown."""

from __future__ import annotations

from dataclasses import replace

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import Deviant
from checkout_conformance.deviants.judge import DeviantJudge
from checkout_conformance.reporting.evidence import ClauseSection, ScenarioEvidence
from tests.support.sample_evidence import IN_ENGLISH, NOT_TRIED, OVER_HTTP, planned, ran, section

WALK = planned("the walk", "W1.1", "W1.2")
RULE = planned("a rule", "W1.2")
JUDGE = DeviantJudge([WALK, RULE])
BROKE = "RuntimeError: W1.2: the harness could not do: the step; KeyError: 'x'"
SILENT = "RuntimeError: W1.2: a site could not be reached: the step; nothing answers"


def nothing(site: Change) -> None:
    """Changes nothing."""


TILES = Deviant("no-tiles", "There are no tiles.", "W1.2", "wallet", "missing", (), nothing)


def on(site: str, name: str, *sections: ClauseSection, message: str = "") -> ScenarioEvidence:
    status = "failed" if message else "passed"
    setting = replace(IN_ENGLISH, target=site)
    return ran(name, *sections, status=status, message=message, setting=setting)


def ruled(site: str, message: str = "") -> ScenarioEvidence:
    return on(site, "a rule", section("W1.2", "failed" if message else "passed"), message=message)


def over_http(one: ScenarioEvidence) -> ScenarioEvidence:
    """The same evidence, of a run without a browser, an hour before."""
    setting = replace(OVER_HTTP, target=one.setting.target)
    return replace(one, setting=setting, began=one.began - 3600)


def untried(site: str) -> ScenarioEvidence:
    return over_http(replace(ruled(site), status="skipped", message=NOT_TRIED))
