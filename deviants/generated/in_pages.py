"""Faults in the pages of the sites: one piece of a template is another one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask

from checkout_conformance.deviants.change import Change
from deviants.generated import helpers
from deviants.generated.faults import Fault, places
from deviants.generated.page_operators import OPERATORS, Piece, line_at


def faults(place: str | None = None) -> Iterator[Fault]:
    """Every operator on every piece of the pages that ``places.toml`` names, or of one place."""
    for page, about in places()["pages"].items():
        site, _, template = page.partition("/")
        here = f"{site}-{template.removesuffix('.html').replace('/', '-')}".replace("_", "-")
        if place not in (None, here):
            continue
        source = source_of(site, template)
        for operator, apply in OPERATORS.items():
            for piece in apply(source):
                yield Fault(
                    operator=operator,
                    site=site,
                    clause=clause_at(source, piece.start, about),
                    place=here,
                    noun=about["name"],
                    detail=piece.told,
                    told=piece.told,
                    make=partial(_change, template, source, piece),
                )


def source_of(site: str, template: str) -> str:
    """The source of a template of the reference sites."""
    folder = Path(str(import_module(f"mock_sites.{site}").__file__)).parent
    return (folder / "templates" / template).read_text(encoding="utf-8")


def clause_at(source: str, position: int, about: dict[str, Any]) -> str:
    """The clause of a line of a page: its own, or that of the page."""
    line = line_at(source, position)
    own = (clause for text, clause in about.get("lines", {}).items() if text in line)
    return str(next(own, about["clause"]))


def _change(template: str, source: str, piece: Piece, site: Change) -> None:
    changed = source[: piece.start] + piece.instead + source[piece.end :]
    site.source(template, source, changed)
    site.app(_add_words)


def _add_words(app: Flask) -> None:
    """Give the pages of a site what the operators write into them."""
    app.jinja_env.filters.update(
        in_other_currency=helpers.in_other_currency,
        hundredfold=helpers.hundredfold,
        first_seen=helpers.first_seen(),
    )
    app.jinja_env.globals.update(in_other_language=helpers.in_other_language)
