"""The kill matrix: the models of ``deviants.json`` and of its page.

``deviants.schema.json`` is generated from these models. Raise ``schema_version`` with every change
that is not backward compatible.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Outcome(StrEnum):
    """The outcome of a scenario on a deviant."""

    KILLED = "killed"
    PASSED = "passed"
    WRONG_PLACE = "failed in the wrong place"
    BROKE = "the harness broke"


class MatrixModel(BaseModel):
    """The base of all models: frozen, no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Attempt(MatrixModel):
    """One scenario on one deviant, or on the reference."""

    feature: str = Field(description="the file below features/")
    scenario: str
    outcome: Outcome
    clause: str | None = Field(None, description="at which it failed")
    step: str | None = Field(None, description="at which it failed")
    expected: str = ""
    showed: str = Field("", description="what was there instead, or what went wrong")
    seconds: float


class DeviantRecord(MatrixModel):
    """A deviant and what the suite made of it."""

    name: str
    sentence: str
    clause: str = Field(description="the id of what it breaks")
    site: str
    kind: str
    killed: bool
    scenario: str | None = Field(None, description="that killed it")
    step: str | None = Field(None, description="at which it was killed")
    showed: str | None = Field(None, description="what gave it away")
    seconds: float
    attempts: list[Attempt]

    @property
    def verdict(self) -> str:
        """``killed``, ``survived``, ``not tried``, or the outcome of a failed attempt."""
        if self.killed:
            return "killed"
        strange = [one.outcome for one in self.attempts if one.outcome is not Outcome.PASSED]
        if strange:
            return str(strange[0])
        return "survived" if self.attempts else "not tried"


class KillMatrix(MatrixModel):
    """Every deviant, and how the reference fared in the same scenarios."""

    schema_version: Literal[1] = 1
    proven: bool = Field(description="every deviant was killed, and the reference passed")
    reference: list[Attempt]
    deviants: list[DeviantRecord]

    @property
    def unlike_reference(self) -> list[Attempt]:
        """The scenarios that the reference itself does not pass."""
        return [one for one in self.reference if one.outcome is not Outcome.PASSED]
