"""A small plan of scenarios, and what a run of it may have left."""

from __future__ import annotations

from dataclasses import replace

from checkout_conformance.clauses import Clause, Document, Procedure, read_clauses
from checkout_conformance.drivers.devices import DESKTOP
from checkout_conformance.evidence.setting import Setting
from checkout_conformance.plan import PlannedScenario
from checkout_conformance.reporting.evidence import ClauseSection, ScenarioEvidence, StepEvidence

IN_ENGLISH = Setting("mock", "en", DESKTOP, "chromium")
ON_A_PHONE = replace(IN_ENGLISH, device="Pixel 7")
IN_ARABIC = replace(IN_ENGLISH, locale="ar")
OVER_HTTP = replace(IN_ENGLISH, browser="http")

DEVIATES = (
    "AssertionError: W1.2: the document expects: the tile is there; the page showed: nothing\n"
    "Locator expected to be visible"
)
NOT_OFFERED = "Skipped: not offered by the target: clock"
NOT_TRIED = "Skipped: not tried by this driver: script, focus (the buyer presses Pay)"


def planned(
    name: str, *clauses: str, phone: bool = False, file: str = "w.feature"
) -> PlannedScenario:
    """A scenario of the features."""
    return PlannedScenario(file, name, (), clauses, is_walk=len(clauses) > 1, on_a_phone=phone)


def section(clause: str, status: str = "passed") -> ClauseSection:
    """What a scenario did under a clause, in one step of a quarter of a second."""
    return ClauseSection(
        clause, status, 0.25, (StepEvidence(f"step of {clause}", status, 0.25),), None
    )


def ran(
    name: str,
    *sections: ClauseSection,
    status: str = "passed",
    message: str = "",
    setting: Setting = IN_ENGLISH,
    file: str = "w.feature",
) -> ScenarioEvidence:
    """A scenario that was run."""
    return ScenarioEvidence(
        file, name, name, (), setting, status, message, 1_000_000_000.0, 1_000_000_001.0, sections
    )


def some_clauses(*ids: str) -> list[Clause]:
    """The project's own clauses of these ids; any other id has empty words."""
    known = read_clauses()
    nobody = Procedure("X", Document("X", {}), {})
    return [known.get(one) or Clause(one, nobody, 0, {"en": ""}, {}) for one in ids]
