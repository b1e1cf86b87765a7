"""The reference of a site's interface for merchants: a page for people, and OpenAPI for programs.

The page is made from the description alone, without a script. It is in English: so are the
protocols.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, render_template

from .openapi import REF, Described, Interface, description

ADDRESS = "/docs"
# What may limit a value, and how the page says it.
LIMITS = {
    "minLength": "length at least {}",
    "maxLength": "length at most {}",
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "pattern": "pattern {}",
}


@dataclass(frozen=True)
class ShownOperation:
    """An operation on the page; ``facts`` are those of the description."""

    method: str
    path: str
    facts: Described

    @property
    def anchor(self) -> str:
        """The name by which the page is opened at it."""
        return "-".join(re.findall(r"\w+", f"{self.method} {self.path}"))


def add_api_reference(app: Flask, interface: Interface) -> None:
    """Serve the description of ``interface`` at ``/docs`` and ``/docs/openapi.json``.

    It is made when it is first asked for.
    """
    pages = Blueprint("api_reference", __name__, url_prefix=ADDRESS)

    @cache
    def described_once() -> Described:
        return description(app, interface)

    @pages.get("")
    def index() -> str:
        described = described_once()
        return render_template(
            "api_reference.html",
            described=described,
            groups=operations_by_group(described),
            schemas=described["components"]["schemas"],
            name_of=name_of,
            limits_of=limits_of,
            examples_of=lambda schema: examples_of(described, schema),
        )

    @pages.get("/openapi.json")
    def openapi() -> Response:
        return jsonify(described_once())

    app.register_blueprint(pages)


def operations_by_group(described: Described) -> dict[str, list[ShownOperation]]:
    """The operations under the title of their group, in the order of the description."""
    groups: dict[str, list[ShownOperation]] = {tag["name"]: [] for tag in described["tags"]}
    for path, methods in described["paths"].items():
        for method, facts in methods.items():
            for title in facts["tags"]:
                groups[title].append(ShownOperation(method.upper(), path, facts))
    return groups


def name_of(schema: Described) -> str:
    """The name of the type that a schema refers to; empty if it refers to none."""
    return str(schema.get("$ref", "")).removeprefix(REF.format(model=""))


def limits_of(schema: Described) -> list[str]:
    """The limits of a value in words."""
    return [words.format(schema[name]) for name, words in LIMITS.items() if name in schema]


def examples_of(described: Described, schema: Described) -> Iterator[str]:
    """The examples of a schema, or of the type that it refers to, as JSON."""
    known: dict[str, Any] = described["components"]["schemas"]
    for example in known.get(name_of(schema), schema).get("examples", ()):
        yield json.dumps(example, indent=2, ensure_ascii=False)
