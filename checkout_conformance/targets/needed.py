"""What a step needs of a target in addition to its pages, as it declares it.

A scenario's needs are known before it sends anything: nothing is ordered only to find out that
the scenario cannot go on. A step declares what it would ask for as it runs::

    @when("{span:Span} have passed")
    @asks("clock")
    def time_passes(controls: Controls, span: timedelta) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ParamSpec, TypeVar

from checkout_conformance.targets.values import CAPABILITIES, CLOCK

P = ParamSpec("P")
T = TypeVar("T")

DECLARED = "asked_of_target"


@dataclass(frozen=True)
class Need:
    """A capability or a label that a scenario needs, of one site or of the target.

    ``seconds`` of time can also be waited for, if they are few; None: the clock has to be moved.
    """

    what: str
    site: str | None = None
    seconds: float | None = None

    def __str__(self) -> str:
        if self.seconds is not None:
            return f"{self.what} (to wait {self.seconds:g} s)"
        return f"{self.what} (of the {self.site})" if self.site else self.what


@dataclass(frozen=True)
class Asked:
    """A capability that a step needs, of one site or of all.

    ``site_in`` is the name of the sentence's value that says which site. For the clock,
    ``span_in`` is the name of the value that says how much time has to pass; or that is ``span``.
    """

    capability: str
    site: str | None = None
    site_in: str | None = None
    span_in: str | None = None
    span: timedelta | None = None

    def need(self, values: Mapping[str, Any]) -> Need:
        """What is needed; ``values`` are those of the sentence."""
        site = values.get(self.site_in) if self.site_in else self.site
        if self.capability != CLOCK:
            return Need(self.capability, site)
        span = values.get(self.span_in) if self.span_in else self.span
        return Need(self.capability, site, span.total_seconds() if span is not None else None)


def asks(
    *capabilities: str,
    labels: Sequence[str] = (),
    site: str | None = None,
    site_in: str | None = None,
    span_in: str | None = None,
    span: timedelta | None = None,
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Declare the capabilities that a step needs, and labels that its sentence does not quote.

    Raises ValueError for an unknown capability.
    """
    if unknown := [one for one in capabilities if one not in CAPABILITIES]:
        raise ValueError(f"there is no capability {', '.join(unknown)}")

    def declare(function: Callable[P, T]) -> Callable[P, T]:
        asked = [Asked(one, site, site_in, span_in, span) for one in capabilities]
        asked += map(Asked, labels)
        setattr(function, DECLARED, (*getattr(function, DECLARED, ()), *asked))
        return function

    return declare


def declared_by(function: Callable[..., Any], values: Mapping[str, Any]) -> Iterator[Need]:
    """The needs that a step's function declares; ``values`` are those of its sentence."""
    for asked in getattr(function, DECLARED, ()):
        yield asked.need(values)
