"""Test controls: what a test may do behind a site's back. Off unless asked for.

They live under ``/_control`` and want the stack's token (``Authorization: Bearer …``). Every
site moves the one clock of the stack; each site adds its own (people, balances, messages).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from flask import Blueprint, Flask, current_app, jsonify
from flask_wtf.csrf import CSRFProtect
from pydantic import Field, ValidationError
from typing_extensions import TypedDict
from werkzeug.wrappers import Response

from ..runtime.clock import Clock
from ..runtime.metrics import METRICS
from ..values.refusal import NotFound, Refusal
from ..web.openapi import controls_of, description, documented
from ..web.received import Received
from ..web.web import require_token
from .batch import add_batch_control
from .body import body_as
from .fault_middleware import can_strike
from .faults import FaultFacts, Faults, NewFault

# As much as is taken of a value that a person would type; the rules judge it.
Typed = Annotated[str, Field(max_length=300)]
E164 = r"^\+[1-9][0-9]{6,14}$"
PREFIX = "/_control"
TEXT = "text/plain"
# The version is that of the format.
PROMETHEUS_TEXT = f"{TEXT}; version=0.0.4; charset=utf-8"
# Further at once than any deadline of the sites.
LONGEST_STEP_SECONDS = 366 * 86_400


class ClockStep(Received, extra="forbid"):
    """A request to move the clock forward."""

    advance_seconds: float = Field(ge=0, le=LONGEST_STEP_SECONDS, allow_inf_nan=False)


class AccountFacts(TypedDict):
    """An account that was opened."""

    id: int
    phone: str


class BooksFacts(TypedDict):
    """The errors in a site's books (none if they balance), and what is still pending."""

    discrepancies: list[str]
    pending: list[str]


class ClockFacts(TypedDict):
    """The present moment of the stack's clock, in ISO 8601."""

    now: str


def create_controls(token: str, clock: Clock, faults: Faults) -> Blueprint:
    """The controls that every site has; a site adds its own routes before registering it."""
    controls = Blueprint("control", __name__, url_prefix=PREFIX)
    require_token(controls, token, "give the control token as 'Authorization: Bearer …'")

    @controls.errorhandler(ValidationError)
    def wrong_body(error: ValidationError) -> tuple[Response, int]:
        details = error.errors(include_url=False, include_input=False, include_context=False)
        return jsonify(error="the body does not fit", details=details), 422

    @controls.errorhandler(Refusal)
    def refused(refusal: Refusal) -> tuple[Response, int]:
        return jsonify(error=refusal.code), 409

    @controls.errorhandler(NotFound)
    def not_found(_error: NotFound) -> tuple[Response, int]:
        return jsonify(error="there is nothing of that name"), 404

    @controls.get("/openapi.json")
    @documented("This description", dict[str, Any])
    def openapi() -> Response:
        name = current_app.name.rpartition(".")[2]
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        return jsonify(description(app, controls_of(name, PREFIX)))

    @controls.get("/clock")
    @documented("Read the stack's clock", ClockFacts)
    def read_clock() -> Response:
        return jsonify(now=clock.now().isoformat())

    @controls.post("/clock")
    @documented("Let time pass on every site", ClockFacts, body=ClockStep)
    def move_clock() -> Response | tuple[Response, int]:
        step = timedelta(seconds=body_as(ClockStep).advance_seconds)
        try:
            return jsonify(now=clock.advance(step).isoformat())
        except ValueError as error:
            return jsonify(error=str(error)), 422

    @controls.get("/metrics")
    @documented("What the stack counts, for Prometheus", str, media=TEXT, otherwise=(404,))
    def read_metrics() -> Response | tuple[Response, int]:
        if METRICS.counts is None:
            return jsonify(error="nothing is counted: start the sites with --metrics"), 404
        return Response(METRICS.counts.text(), content_type=PROMETHEUS_TEXT)

    _add_faults(controls, faults)
    add_batch_control(controls)
    return controls


def _add_faults(controls: Blueprint, faults: Faults) -> None:
    @controls.get("/faults")
    @documented("The faults that were set", list[FaultFacts])
    def list_faults() -> Response:
        return jsonify([fault.facts() for fault in faults.all()])

    @controls.post("/faults")
    @documented("Have something go wrong", FaultFacts, body=NewFault, status=201)
    def set_fault() -> tuple[Response, int]:
        wanted = body_as(NewFault)
        if not can_strike(current_app, wanted):
            why = f"a fault of a {wanted.place} never strikes {wanted.path} on this site"
            return jsonify(error=why, details=[]), 422
        return jsonify(faults.set(wanted).facts()), 201

    @controls.delete("/faults/<fault_id>")
    @documented("Have it go wrong no more", FaultFacts)
    def remove_fault(fault_id: str) -> Response:
        return jsonify(faults.remove(fault_id).facts())


def add_controls(app: Flask, controls: Blueprint) -> None:
    """Register the controls with ``app``; programs call them, so they carry no CSRF token."""
    protect: CSRFProtect = app.extensions["csrf"]
    protect.exempt(controls)
    app.register_blueprint(controls)
