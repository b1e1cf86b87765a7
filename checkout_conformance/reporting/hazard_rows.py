"""The hazard table of a clause in the report: each guide word, and how its scenarios fared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checkout_conformance.hazards import GuideWord, Hazard, read_guide_words, read_hazards
from checkout_conformance.reporting.conformance import Check, ClauseResult, Verdict, worst

PLACEHOLDER = re.compile(r"<[^<>]+>")


@dataclass(frozen=True)
class HazardScenario:
    """A scenario that would notice the hazard; its verdict is None if it is not in the report."""

    title: str
    verdict: Verdict | None


@dataclass(frozen=True)
class HazardRow:
    """A guide word: the scenarios that would notice, or the reason for having none."""

    word: GuideWord
    scenarios: Sequence[HazardScenario]
    reason: str | None


def hazard_rows(clause: ClauseResult) -> list[HazardRow]:
    """Return the rows of a clause's hazard table; none if it has no table."""
    return list(_rows(clause, read_hazards().get(clause.id, ())))


def _rows(clause: ClauseResult, hazards: Sequence[Hazard]) -> Iterator[HazardRow]:
    words = {word.id: word for word in read_guide_words()}
    for hazard in hazards:
        scenarios = [HazardScenario(title, _verdict(title, clause)) for title in hazard.scenarios]
        yield HazardRow(words[hazard.guide_word], scenarios, hazard.reason)


def _verdict(title: str, clause: ClauseResult) -> Verdict | None:
    """Return the worst verdict of the scenario's rows; a title has the names of their columns."""
    pieces = [re.escape(piece) for piece in PLACEHOLDER.split(title)]
    pattern = re.compile(f"{'.+'.join(pieces)}( \\[.*\\])?", re.DOTALL)
    checks: list[Check] = [one for one in clause.checks if pattern.fullmatch(one.scenario)]
    return worst([check.verdict for check in checks]) if checks else None
