"""The access control server of the card issuers: 3-D Secure (C1.5, C2.5, C3.5)."""

from __future__ import annotations

from pathlib import Path

import httpx
from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext
from sqlalchemy import select
from typing_extensions import TypedDict

from ..shared.controls.control import add_controls, create_controls
from ..shared.controls.fault_middleware import add_fault_middleware, add_page_faults
from ..shared.controls.reset import add_reset
from ..shared.controls.shared_faults import faults_of
from ..shared.messaging.messages import MessageLine
from ..shared.runtime.clock import Clock
from ..shared.runtime.database import Database
from ..shared.runtime.settings import StackSettings
from ..shared.runtime.site import Site
from ..shared.web.openapi import documented
from ..shared.web.web import create_site
from .domain import Authentications
from .routes import api, pages
from .store import AuthenticationRow, Base
from .wording import REFUSALS

# Below it the vault asks.
API_PREFIX = "/api/"
SENDER = "Card issuer"


def create_acs(
    stack: StackSettings, clock: Clock, transport: httpx.BaseTransport | None = None
) -> Site:
    """The access control server of a stack; ``transport`` replaces the way to the phone."""
    secret_key = stack.keys.site_secrets["acs"]
    app = create_site("acs", Path(__file__).parent, secret_key, REFUSALS, API_PREFIX)
    database = Database(stack.database_url("acs"), Base, stack.database_schema)
    line = MessageLine(stack.internal_url("phone"), stack.keys.phone_token, transport)

    def send(phone: str, code: str) -> bool:
        text = gettext("Code %(code)s confirms your card. Tell it to nobody.", code=code)
        return line.send(phone, SENDER, text)

    authentications = Authentications(database, clock, secret_key, send)
    app.extensions["acs"] = authentications
    app.register_blueprint(pages(authentications))
    for_vault = api(authentications, stack.keys.acs_token)
    app.extensions["csrf"].exempt(for_vault)
    app.register_blueprint(for_vault)
    if stack.controls:
        faults = faults_of(database, stack.controls)
        controls = create_controls(stack.keys.control_token, clock, faults)
        add_reset(controls, database, faults)
        _add_authentications(controls, authentications)
        add_controls(app, controls)
        add_fault_middleware(app, API_PREFIX, faults)
        add_page_faults(app, faults)
    return Site(app, database)


class AuthenticationFacts(TypedDict):
    """A request to authenticate a card's holder, and how it stands."""

    id: str
    last_four: str
    state: str


def _add_authentications(controls: Blueprint, authentications: Authentications) -> None:
    @controls.get("/authentications")
    @documented("The authentications of a phone", list[AuthenticationFacts], query=("phone",))
    def of_phone() -> Response:
        """The authentications of a phone, in the order in which they end."""
        own = select(AuthenticationRow).where(
            AuthenticationRow.phone == request.args.get("phone", "")
        )
        with authentications.database.reading() as session:
            rows = list(session.scalars(own.order_by(AuthenticationRow.ends_at)))
        facts = [{"id": r.uid, "last_four": r.last_four, "state": r.state} for r in rows]
        return jsonify(facts)
