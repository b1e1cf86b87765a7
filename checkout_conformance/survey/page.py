"""The result of a survey as an HTML page with pictures."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from checkout_conformance.clauses import heading
from checkout_conformance.project import REPORT_FILES
from checkout_conformance.reporting.languages import direction_of

TEMPLATES = REPORT_FILES / "templates"


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
        """Why the label was not seen."""
        if self.lacking:
            return "not offered according to the file"
        return "not seen: later in the procedure, or with another text"


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
    """Return the HTML of one file that loads nothing."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["data_uri"] = _data_uri
    return environment.get_template("survey.html").render(
        name=name,
        direction=direction_of(locale),
        visits=visits,
        findings=findings,
        heading=heading,
        found=sum(bool(finding.places) for finding in findings),
        style=Markup((TEMPLATES / "conformance.css").read_text(encoding="utf-8")),
    )


def _data_uri(picture: bytes) -> str:
    return f"data:image/webp;base64,{b64encode(picture).decode()}"
