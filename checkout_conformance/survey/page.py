"""The result of a survey as an HTML page with pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from checkout_conformance.clauses import read_clauses
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
    # Whether the target has the site on whose pages the label belongs.
    has_site: bool = True

    @property
    def absence_reason(self) -> str:
        """Why the label was not seen."""
        if self.lacking:
            return "not offered, according to the target file"
        if not self.has_site:
            return "not looked for: the target file does not name its site"
        return "not found: later in the procedure, or under another name"


class PageVisit(Protocol):
    """The part of a visit that the page shows."""

    @property
    def site(self) -> str:
        """The site's name."""

    @property
    def address(self) -> str:
        """The address."""

    @property
    def heading(self) -> str:
        """The heading."""

    @property
    def error(self) -> str:
        """The error of the page; empty if there is none."""

    @property
    def picture(self) -> bytes | None:
        """The picture, in WebP."""


def render_survey(
    name: str, locale: str, visits: Sequence[PageVisit], findings: Sequence[Finding]
) -> str:
    """Return the HTML of one file that loads nothing, in the language of the target's pages."""
    return (
        environment(locale)
        .get_template("survey.html")
        .render(
            name=name,
            language=locale,
            direction=direction_of(locale),
            visits=visits,
            findings=findings,
            known=read_clauses(),
            found=sum(bool(finding.places) for finding in findings),
        )
    )
