"""The phone's pages for people, and the API through which the sites send messages."""

from __future__ import annotations

import re

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from pydantic import Field, ValidationError
from werkzeug.wrappers import Response as AnyResponse

from ..shared.accounts.people import parse_phone
from ..shared.controls.body import body_as
from ..shared.controls.control import E164
from ..shared.values.refusal import NotFound, Refusal
from ..shared.web.forms import TextField
from ..shared.web.received import Received
from ..shared.web.web import redirect_after_post, require_token
from .domain import Inbox


class WhichPhone(FlaskForm):
    """The form that asks for a phone number."""

    phone = TextField(lazy_gettext("Phone number"), rule=parse_phone)


class NewMessage(Received, extra="forbid"):
    """A message that a site sends."""

    to: str = Field(pattern=E164)
    sender: str = Field(min_length=1, max_length=40)
    text: str = Field(min_length=1, max_length=1000)


def pages(inbox: Inbox) -> Blueprint:
    """The pages."""
    routes = Blueprint("phone", __name__)

    @routes.route("/", methods=["GET", "POST"])
    def which() -> AnyResponse | str:
        form = WhichPhone()
        if form.validate_on_submit():
            return redirect_after_post(url_for("phone.messages", number=form.phone.data))
        return render_template("which.html", form=form)

    @routes.before_request
    def only_phones() -> None:
        number = (request.view_args or {}).get("number")
        if number is not None and not re.fullmatch(E164, number):
            raise NotFound(number)

    @routes.get("/<number>")
    def messages(number: str) -> str:
        return render_template("inbox.html", number=number, messages=inbox.messages(number))

    @routes.get("/<number>/messages")
    def list_of_messages(number: str) -> str:
        return render_template("messages.html", messages=inbox.messages(number))

    return routes


def api(inbox: Inbox, token: str) -> Blueprint:
    """The API for the sites; a request needs the stack's phone token."""
    routes = Blueprint("api", __name__, url_prefix="/api")
    require_token(routes, token, "only the sites of this stack send messages")

    @routes.errorhandler(ValidationError)
    def wrong_body(_error: ValidationError) -> tuple[Response, int]:
        return jsonify(error="a message has 'to', 'sender' and 'text'"), 422

    @routes.errorhandler(Refusal)
    def refused(refusal: Refusal) -> tuple[Response, int]:
        return jsonify(error=refusal.code), 409

    @routes.post("/messages")
    def receive() -> tuple[Response, int]:
        message = body_as(NewMessage)
        inbox.receive(message.to, message.sender, message.text)
        return jsonify(received=True), 201

    return routes
