"""Faults that a test sets on purpose: what goes wrong, for whom, and how often.

A fault is always about one buyer, one merchant or the requests to one path, and ends after so
many times, so that scenarios run side by side. Each site keeps its own in memory; none are there
unless the test controls are on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from threading import Event, Lock
from typing import Any, Literal

from pydantic import Field, model_validator

from ..values.refusal import NotFound
from ..web.received import Received

MOST_TIMES = 1000
# A slow answer holds a thread of the site for so long.
SLOWEST_SECONDS = 30.0
LATEST_SECONDS = 86_400.0


class Place(StrEnum):
    """The place where a fault is applied. ``return``: an issuer gives a held cent back."""

    MESSAGE = "message"
    NOTIFICATION = "notification"
    REQUEST = "request"
    PAGE = "page"
    ISSUER = "issuer"
    RETURN = "return"
    SESSION = "session"


class Kind(StrEnum):
    """The kind of failure."""

    LATE = "late"
    LOST = "lost"
    TWICE = "twice"
    OUT_OF_ORDER = "out-of-order"
    WRONG_SIGNATURE = "wrong-signature"
    DOWN = "down"
    SLOW = "slow"
    BROKEN = "broken"
    HALF_A_BODY = "half-a-body"
    CUT_OFF = "cut-off"
    SILENT = "silent"
    REFUSED = "refused"
    GONE = "gone"


OF_REQUESTS = frozenset({Kind.DOWN, Kind.SLOW, Kind.BROKEN, Kind.HALF_A_BODY, Kind.CUT_OFF})
ON_THE_WAY = frozenset({Kind.LATE, Kind.LOST, Kind.TWICE, Kind.OUT_OF_ORDER})
KINDS = {
    Place.MESSAGE: ON_THE_WAY,
    Place.NOTIFICATION: ON_THE_WAY | {Kind.WRONG_SIGNATURE},
    Place.REQUEST: OF_REQUESTS,
    Place.PAGE: OF_REQUESTS,
    Place.ISSUER: {Kind.SILENT},
    Place.RETURN: {Kind.SILENT, Kind.CUT_OFF, Kind.REFUSED},
    Place.SESSION: {Kind.GONE},
}
# What tells whose fault it is; a place knows no other.
SCOPES = {
    Place.MESSAGE: {"phone"},
    Place.NOTIFICATION: {"phone", "merchant"},
    Place.REQUEST: {"phone", "merchant", "path"},
    Place.PAGE: {"phone", "path"},
    Place.ISSUER: {"phone"},
    Place.RETURN: {"phone"},
    Place.SESSION: {"phone"},
}


@dataclass(frozen=True)
class About:
    """An event that a fault may be applied to: its text, its merchant, its path and method."""

    said: str = ""
    merchant: str = ""
    path: str = ""
    method: str = ""


class NewFault(Received, extra="forbid"):
    """A fault to set. Without a scope it is refused: no fault is for everybody.

    Where several scopes are given all have to fit. ``path`` is the beginning of one, ``seconds``
    how late (by the stack's clock) or how slow (in real time) something is to be. ``method``
    narrows a fault of a page: POST strikes a form that is sent, not the page that shows it.
    """

    place: Place
    kind: Kind
    phone: str | None = Field(None, pattern=r"^\+[1-9][0-9]{6,14}$")
    merchant: str | None = Field(None, min_length=1, max_length=100)
    path: str | None = Field(None, pattern=r"^/[a-z][!-~]*$", max_length=300)
    method: Literal["GET", "POST"] | None = None
    times: int = Field(1, ge=1, le=MOST_TIMES)
    seconds: float = Field(0, ge=0, le=LATEST_SECONDS)

    @model_validator(mode="after")
    def _makes_sense(self) -> NewFault:
        if self.kind not in KINDS[self.place]:
            raise ValueError(f"a {self.place} can be: {', '.join(sorted(KINDS[self.place]))}")
        scopes = {name for name in ("phone", "merchant", "path") if getattr(self, name)}
        if not scopes or scopes - SCOPES[self.place]:
            known = ", ".join(sorted(SCOPES[self.place]))
            raise ValueError(f"say for whom; a {self.place} knows: {known}")
        if self.method is not None and self.place != Place.PAGE:
            raise ValueError("only a page has a method")
        if self.kind in (Kind.LATE, Kind.SLOW) and not self.seconds:
            raise ValueError("say how many seconds")
        if self.kind == Kind.SLOW and self.seconds > SLOWEST_SECONDS:
            raise ValueError(f"at most {SLOWEST_SECONDS:g} s of real time")
        return self

    def fits(self, place: Place, about: About) -> bool:
        """Whether what is about to happen is what this fault is for."""
        return (
            self.place == place
            and (self.phone is None or _names(about.said, self.phone))
            and (self.merchant is None or self.merchant == about.merchant)
            and (self.path is None or about.path.startswith(self.path))
            and (self.method is None or self.method == about.method)
        )


class FaultFacts(NewFault):
    """A fault as the controls tell it: ``left`` times it can still strike."""

    id: str
    left: int
    struck: int


@dataclass
class Fault:
    """A fault that was set, and how often it can still strike."""

    id: str
    wanted: NewFault
    left: int

    @property
    def kind(self) -> Kind:
        """The kind of failure."""
        return self.wanted.kind

    @property
    def seconds(self) -> float:
        """The delay, in seconds."""
        return self.wanted.seconds

    def facts(self) -> dict[str, Any]:
        """The fault as the controls tell it."""
        struck = self.wanted.times - self.left
        return {"id": self.id, **self.wanted.model_dump(), "left": self.left, "struck": struck}


class Faults:
    """The faults of one site, oldest first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._numbers = count(1)
        self._faults: dict[str, Fault] = {}

    def set(self, wanted: NewFault) -> Fault:
        """Set a fault."""
        with self._lock:
            fault = Fault(str(next(self._numbers)), wanted, wanted.times)
            self._faults[fault.id] = fault
        return fault

    def all(self) -> list[Fault]:
        """Every fault that was set and not removed, also those that are used up."""
        with self._lock:
            return list(self._faults.values())

    def remove(self, fault_id: str) -> Fault:
        """Remove a fault. Raises NotFound."""
        with self._lock:
            if fault_id not in self._faults:
                raise NotFound(fault_id)
            return self._faults.pop(fault_id)

    def clear(self) -> None:
        """Remove all faults."""
        with self._lock:
            self._faults.clear()

    def strike(self, place: Place, about: About) -> Fault | None:
        """The fault that strikes what is about to happen, if one does; that counts."""
        with self._lock:
            for fault in self._faults.values():
                if fault.left and fault.wanted.fits(place, about):
                    fault.left -= 1
                    return fault
        return None

    def threaten(self, place: Place) -> bool:
        """Whether anything can go wrong there at all."""
        with self._lock:
            return any(
                fault.left and fault.wanted.place == place for fault in self._faults.values()
            )


def wait(seconds: float) -> None:
    """Wait in real time, as a slow answer does."""
    Event().wait(seconds)


def _names(said: str, phone: str) -> bool:
    """Whether a phone (E.164) stands in a text, with its plus or without."""
    return re.search(rf"(?<!\d){phone[1:]}(?!\d)", said) is not None
