"""What was found of a target's pages and labels, as a page for people with pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from checkout_conformance.clauses import heading
from checkout_conformance.reporting.languages import direction_of
from checkout_conformance.reporting.templates import environment


@dataclass(frozen=True)
class Finding:
    """A label of a clause, and the addresses where it was seen."""

    clause: str
    name: str
    words: str
    places: tuple[str, ...]
    lacking: bool

    @property
    def absence_reason(self) -> str:
        """What it means that the label was seen nowhere."""
        if self.lacking:
            return "not offered, according to the target file"
        return "not found: later in the procedure, or under another name"


class PageVisit(Protocol):
    """As much of a visit as the page shows."""

    @property
    def site(self) -> str:
        """Which site it was."""

    @property
    def address(self) -> str:
        """Where it was."""

    @property
    def heading(self) -> str:
        """What the page is called."""

    @property
    def error(self) -> str:
        """What was wrong with it, or nothing."""

    @property
    def picture(self) -> bytes | None:
        """What it looked like, in WebP."""


def render_survey(
    name: str, locale: str, visits: Sequence[PageVisit], findings: Sequence[Finding]
) -> str:
    """One file that loads nothing."""
    return (
        environment()
        .get_template("survey.html")
        .render(
            name=name,
            direction=direction_of(locale),
            visits=visits,
            findings=findings,
            heading=heading,
            found=sum(bool(finding.places) for finding in findings),
        )
    )
