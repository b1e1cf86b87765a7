"""The kill matrix: the models of ``deviants.json`` and of its page.

``deviants.schema.json`` is generated from these models. Raise ``schema_version`` with every change
that is not backward compatible.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

DriverName = Literal["browser", "http"]
BROWSER: DriverName = "browser"
HTTP: DriverName = "http"


class Outcome(StrEnum):
    """The outcome of a scenario on a deviant."""

    KILLED = "killed"
    PASSED = "passed"
    WRONG_PLACE = "failed in the wrong place"
    BROKE = "not judged"
    NOT_TRIED = "not tried by this driver"


class MatrixModel(BaseModel):
    """The base of all models: frozen, no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ScenarioRun(MatrixModel):
    """One run of a scenario on a changed site; each matrix adds its own outcomes."""

    driver: DriverName
    feature: str = Field(description="the file below features/")
    scenario: str
    clause: str | None = Field(None, description="at which it failed")
    step: str | None = Field(None, description="at which it failed")
    expected: str = ""
    showed: str = Field("", description="what was there instead, or what went wrong")
    needs: str = Field("", description="what it needs that the driver lacks, if it was not tried")
    seconds: float


class Attempt(ScenarioRun):
    """One scenario on one deviant, or on the reference."""

    outcome: Outcome


class DeviantRecord(MatrixModel):
    """A deviant and what the suite made of it."""

    name: str
    sentence: str
    clause: str = Field(description="the id of what it breaks")
    site: str
    kind: str
    killed: bool
    driver: DriverName | None = Field(None, description="that killed it")
    scenario: str | None = Field(None, description="that killed it")
    step: str | None = Field(None, description="at which it was killed")
    showed: str | None = Field(None, description="what gave it away")
    needs: str = Field(
        "", description="why only the browser killed it: what that scenario needs over HTTP"
    )
    over_http: Outcome | None = Field(
        None, description="the outcome over HTTP of the scenario that killed it in the browser"
    )
    seconds: float
    attempts: list[Attempt]

    @property
    def verdict(self) -> str:
        """``killed``, ``survived``, ``not tried``, or the outcome of other attempts."""
        if self.killed:
            return "killed"
        tried = [one.outcome for one in self.attempts if one.outcome is not Outcome.NOT_TRIED]
        strange = [outcome for outcome in tried if outcome is not Outcome.PASSED]
        if strange:
            return str(strange[0])
        if tried:
            return "survived"
        return str(Outcome.NOT_TRIED) if self.attempts else "not tried"

    @property
    def differs(self) -> bool:
        """Whether the drivers differ: the scenario was tried over HTTP and did not kill it.

        Or they may differ: it killed the deviant in the browser, and over HTTP nobody came to it.
        """
        began_over_http = any(one.driver == HTTP for one in self.attempts)
        if self.driver == BROWSER and began_over_http:
            return self.over_http is not Outcome.NOT_TRIED
        return False


class KillMatrix(MatrixModel):
    """Every deviant, and how the reference fared in the same scenarios."""

    schema_version: Literal[3] = 3
    drivers: list[DriverName] = Field(description="the drivers that were used, in their order")
    proven: bool = Field(
        description="every deviant was killed, the reference passed, and the drivers do not differ"
    )
    reference: list[Attempt]
    deviants: list[DeviantRecord]

    @property
    def unlike_reference(self) -> list[Attempt]:
        """The scenarios that the reference itself does not pass."""
        return [one for one in self.reference if not is_fine(one)]

    @property
    def differences(self) -> list[DeviantRecord]:
        """The deviants on which the drivers differ."""
        return [one for one in self.deviants if one.differs]

    @property
    def only_in_browser(self) -> list[DeviantRecord]:
        """The deviants that only the browser killed, of a run that began over HTTP."""
        return self.killed_by(BROWSER) if HTTP in self.drivers else []

    def killed_by(self, driver: str) -> list[DeviantRecord]:
        """Return the deviants that this driver killed."""
        return [one for one in self.deviants if one.driver == driver]


def is_fine(one: Attempt) -> bool:
    """Return whether a scenario is no failure of the reference: its driver may leave it out."""
    return one.outcome in (Outcome.PASSED, Outcome.NOT_TRIED)
