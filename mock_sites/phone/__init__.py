"""The buyer's phone: it receives the messages that the sites send, and shows them."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, jsonify, request
from typing_extensions import TypedDict

from ..shared.controls.control import add_controls, create_controls
from ..shared.controls.fault_middleware import add_fault_middleware
from ..shared.controls.reset import add_reset
from ..shared.controls.shared_faults import faults_of
from ..shared.runtime.clock import Clock
from ..shared.runtime.database import Database
from ..shared.runtime.settings import StackSettings
from ..shared.runtime.site import Site
from ..shared.web.openapi import documented
from ..shared.web.web import create_site
from .domain import Inbox
from .routes import api, pages
from .store import Base
from .wording import REFUSALS

# Below it the sites hand in messages.
API_PREFIX = "/api/"


def create_phone(stack: StackSettings, clock: Clock) -> Site:
    """The phone of a stack, ready to be served."""
    secret_key = stack.keys.site_secrets["phone"]
    app = create_site("phone", Path(__file__).parent, secret_key, REFUSALS, API_PREFIX)
    database = Database(stack.database_url("phone"), Base, stack.database_schema)
    faults = faults_of(database, stack.controls)
    inbox = Inbox(database, clock, faults)
    app.register_blueprint(pages(inbox))
    for_sites = api(inbox, stack.keys.phone_token)
    app.extensions["csrf"].exempt(for_sites)
    app.register_blueprint(for_sites)
    if stack.controls:
        controls = create_controls(stack.keys.control_token, clock, faults)
        add_reset(controls, database, faults)
        _add_messages(controls, inbox)
        add_controls(app, controls)
        add_fault_middleware(app, API_PREFIX, faults)
    return Site(app, database)


# The names of the protocol: one of them is a word of Python.
MessageFacts = TypedDict("MessageFacts", {"id": int, "from": str, "text": str, "at": str})


def _add_messages(controls: Blueprint, inbox: Inbox) -> None:
    @controls.get("/messages")
    @documented("The messages of a phone, oldest first", list[MessageFacts], query=("phone",))
    def messages() -> Response:
        """The messages of a phone, oldest first, for a test that acts for its owner."""
        return jsonify(
            [
                {"id": m.id, "from": m.sender, "text": m.text, "at": m.at.isoformat()}
                for m in reversed(inbox.messages(request.args.get("phone", "")))
            ]
        )
