"""A known deviation in a report: what the target file says of it, and what became of it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, Field


class KnownState(StrEnum):
    """What became of a known deviation in a run."""

    HAPPENED = "happened"
    NOT_TRIED = "not tried"
    DID_NOT_HAPPEN = "did not happen"
    PAST = "past its date"

    @classmethod
    def to_mend(cls) -> tuple[KnownState, ...]:
        """The states in which the target file has to be changed."""
        return (cls.DID_NOT_HAPPEN, cls.PAST)


class KnownDeviation(BaseModel, extra="forbid", frozen=True):
    """A deviation that the target file declares."""

    target: str
    clause: str
    scenario: str | None = Field(None, description="null for any scenario of the clause")
    reason: str
    ticket: str = ""
    until: date = Field(description="the last day on which it is accepted")
    state: KnownState
