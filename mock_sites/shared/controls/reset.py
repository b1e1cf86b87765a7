"""The control that has a site begin anew, with the data that it has after its first start."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, current_app, jsonify
from typing_extensions import TypedDict

from ..runtime.database import Database
from ..web.openapi import documented
from .faults import Faults


class ResetFacts(TypedDict):
    """The site that began anew."""

    reset: str


def add_reset(
    controls: Blueprint,
    database: Database,
    faults: Faults,
    fill: Callable[[], None] = lambda: None,
) -> None:
    """Add the route. ``fill`` puts in what a new site has: demo people, products."""

    @controls.post("/reset")
    @documented("Begin anew: remove everything of this site but its keys and the clock", ResetFacts)
    def reset() -> Response:
        """Everybody is signed out. Other teams' data, and other sites, stay as they are."""
        faults.clear()
        database.clear()
        fill()
        return jsonify(reset=current_app.name.rpartition(".")[2])
