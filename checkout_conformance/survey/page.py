"""What was found of a target's pages and labels, as a page for people with pictures."""

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
    def absence(self) -> str:
        """What it means that the label was seen nowhere."""
        if self.lacking:
            return "not offered, according to the target file"
        return "not found: later in the procedure, or under another name"


class Look(Protocol):
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
    def trouble(self) -> str:
        """What was wrong with it, or nothing."""

    @property
    def picture(self) -> bytes | None:
        """What it looked like, in WebP."""


def page_of(name: str, locale: str, visits: Sequence[Look], findings: Sequence[Finding]) -> str:
    """One file that loads nothing."""
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
