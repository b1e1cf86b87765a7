"""The control that signs a person in, the same on every site that has accounts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify
from pydantic import Field

from ..accounts.people import People
from ..web.openapi import documented
from ..web.received import Received
from ..web.sign_in import start_session
from .body import body_as
from .control import E164, AccountFacts


class NewSession(Received, extra="forbid"):
    """The person to sign in."""

    phone: str = Field(pattern=E164)


def add_session_control(controls: Blueprint, people: People[Any]) -> None:
    """Add the route; the site's cookie comes in ``Set-Cookie``, as from the sign-in form."""

    @controls.post("/sessions")
    @documented("Sign a person in", AccountFacts, body=NewSession, status=201, otherwise=(404, 409))
    def sign_in() -> tuple[Response, int]:
        person = people.sign_in_unasked(body_as(NewSession).phone)
        start_session(person)
        return jsonify(id=person.id, phone=person.phone), 201
