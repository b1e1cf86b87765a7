"""The matrix of twins: the models of ``twins.json`` and of its page.

``twins.schema.json`` is generated from these models. Raise ``schema_version`` with every change
that is not backward compatible.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from checkout_conformance.deviants.matrix import HTTP, MatrixModel, ScenarioRun


class Outcome(StrEnum):
    """The outcome of a scenario on a twin."""

    PASSED = "passed"
    FALSE_ALARM = "false alarm"
    BROKE = "the harness broke"
    NOT_OFFERED = "not offered"
    NOT_TRIED = "not tried by this driver"


class Tried(ScenarioRun):
    """One scenario on one twin."""

    outcome: Outcome


class TwinRecord(MatrixModel):
    """A twin and what the suite made of it."""

    name: str
    sentence: str
    site: str
    kind: str
    clauses: list[str] = Field(description="at which a buyer meets the difference")
    passed: bool = Field(description="it was tried, and no scenario failed")
    seconds: float
    tried: list[Tried]

    @property
    def failures(self) -> list[Tried]:
        """The scenarios that failed, in the order of the run."""
        return [one for one in self.tried if one.outcome in (Outcome.FALSE_ALARM, Outcome.BROKE)]

    @property
    def passes(self) -> int:
        """How many scenarios passed."""
        return sum(one.outcome is Outcome.PASSED for one in self.tried)

    @property
    def not_tried(self) -> list[Tried]:
        """The scenarios that the driver could not try."""
        return [one for one in self.tried if one.outcome is Outcome.NOT_TRIED]

    @property
    def needs_another_driver(self) -> bool:
        """Whether it was run, and the driver could try none of its scenarios."""
        return bool(self.tried) and len(self.not_tried) == len(self.tried)

    @property
    def verdict(self) -> str:
        """``passed``, ``not tried``, or the worst outcome of its scenarios."""
        if self.passed:
            return "passed"
        outcomes = [one.outcome for one in self.failures]
        if not outcomes:
            return "not tried"
        return str(Outcome.FALSE_ALARM if Outcome.FALSE_ALARM in outcomes else Outcome.BROKE)


class TwinMatrix(MatrixModel):
    """Every twin, with every scenario that was run on it."""

    schema_version: Literal[2] = 2
    passed: bool = Field(description="every twin passed every scenario that could be tried on it")
    twins: list[TwinRecord]

    @property
    def over_http(self) -> bool:
        """Whether the run had no browser."""
        return any(one.driver == HTTP for twin in self.twins for one in twin.tried)
