"""Why a scenario was skipped: the target lacks something, or the driver does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkout_conformance.drivers.capabilities import NOT_TRIED
from checkout_conformance.reporting.evidence import ScenarioEvidence
from checkout_conformance.targets.target import NOT_OFFERED

# script, focus (the buyer presses Pay twice)
NEEDS = re.compile(r"(?P<needs>[^(]*?)\s*(?:\((?P<step>.*)\))?\s*")


@dataclass(frozen=True)
class Need:
    """What a scenario needs that its driver lacks: capabilities, and the step if it is known."""

    capabilities: tuple[str, ...]
    step: str

    @property
    def words(self) -> str:
        """``script, focus (the buyer presses Pay twice)``."""
        names = ", ".join(self.capabilities)
        return f"{names} ({self.step})" if self.step else names


def not_offered_in(one: ScenarioEvidence) -> str | None:
    """What the target declares that it lacks, if the scenario was skipped for that."""
    return _reason(one, NOT_OFFERED)


def not_tried_in(one: ScenarioEvidence) -> Need | None:
    """What the driver lacks, if the scenario was skipped for that."""
    reason = _reason(one, NOT_TRIED)
    if reason is None:
        return None
    found = NEEDS.fullmatch(reason)
    needs, step = (found["needs"], found["step"] or "") if found else (reason, "")
    return Need(tuple(filter(None, map(str.strip, needs.split(",")))), step)


def _reason(one: ScenarioEvidence, opening: str) -> str | None:
    _, found, rest = one.message.partition(opening)
    return rest.partition("\n")[0] if found and one.status == "skipped" else None
