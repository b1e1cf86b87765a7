"""The challenge, a page for the buyer, and the API through which the vault asks."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import Annotated

from flask import Blueprint, Response, flash, jsonify, render_template, url_for
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from pydantic import Field, ValidationError
from werkzeug.wrappers import Response as AnyResponse

from ..shared.controls.body import body_as
from ..shared.controls.control import E164
from ..shared.values.money import Money
from ..shared.values.refusal import NotFound, Refusal
from ..shared.web.forms import TextField
from ..shared.web.received import CardNumber, Received
from ..shared.web.web import redirect_after_post, require_token
from ..shared.web.wording import show_beside_field, words_for
from .domain import Authentications, NewAuthentication
from .store import AuthenticationRow, AuthenticationState


class ChallengeForm(FlaskForm):
    """The form for the code."""

    code = TextField(lazy_gettext("Code from the message"))


class AuthenticationBody(Received, extra="forbid"):
    """A request of the vault; ``amount_minor`` is in minor units of ``currency``."""

    uid: str = Field(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
    phone: str = Field(pattern=E164)
    number: Annotated[str, Field(pattern="^[0-9]{12,19}$", repr=False), CardNumber()]
    amount_minor: int = Field(gt=0)
    currency: str = Field(pattern="^[A-Z]{3}$")
    return_url: str = Field(max_length=2000)

    def wanted(self) -> NewAuthentication:
        """The request, for the rules."""
        money = Money(self.amount_minor, self.currency)
        return NewAuthentication(self.uid, self.phone, self.number, money, self.return_url)


def pages(authentications: Authentications) -> Blueprint:
    """Make the pages. Anyone with the address may answer a challenge: the code is the proof."""
    routes = Blueprint("acs", __name__)

    def show(row: AuthenticationRow, form: ChallengeForm) -> str:
        new_code_from = authentications.new_code_from(row)
        left = (new_code_from - authentications.clock.now()) if new_code_from else timedelta()
        return render_template(
            "challenge.html",
            row=row,
            form=form,
            new_code_from=new_code_from,
            wait=max(0, ceil(left.total_seconds())),
        )

    @routes.get("/")
    def home() -> str:
        return render_template("home.html")

    @routes.get("/challenges/<uid>")
    def challenge(uid: str) -> AnyResponse | str:
        row = authentications.read(uid)
        return _back(row) or show(row, ChallengeForm())

    @routes.post("/challenges/<uid>")
    def answer(uid: str) -> AnyResponse | str:
        form = ChallengeForm()
        try:
            row = authentications.answer(uid, form.code.data or "")
        except Refusal as refusal:
            show_beside_field(form, refusal)
            return show(authentications.read(uid), form)
        return redirect_after_post(row.return_url)

    @routes.post("/challenges/<uid>/code")
    def new_code(uid: str) -> AnyResponse:
        try:
            authentications.send_new_code(uid)
        except Refusal as refusal:
            flash(words_for(refusal))
        return redirect_after_post(url_for("acs.challenge", uid=uid))

    @routes.post("/challenges/<uid>/abandon")
    def abandon(uid: str) -> AnyResponse:
        return redirect_after_post(authentications.abandon(uid).return_url)

    return routes


def api(authentications: Authentications, token: str) -> Blueprint:
    """The API for the vault; a request needs the stack's token for it."""
    routes = Blueprint("api", __name__, url_prefix="/api")
    require_token(routes, token, "only the vault of this stack asks here")

    @routes.errorhandler(ValidationError)
    def wrong_body(_error: ValidationError) -> tuple[Response, int]:
        return jsonify(error="this is no request to authenticate a card's holder"), 422

    @routes.errorhandler(Refusal)
    def refused(refusal: Refusal) -> tuple[Response, int]:
        return jsonify(error=refusal.code), 409

    @routes.errorhandler(NotFound)
    def unknown(_error: NotFound) -> tuple[Response, int]:
        return jsonify(error="there is no such authentication"), 404

    @routes.post("/authentications")
    def begin() -> tuple[Response, int]:
        row = authentications.begin(body_as(AuthenticationBody).wanted())
        return jsonify(status=row.state, path=url_for("acs.challenge", uid=row.uid)), 201

    @routes.get("/authentications/<uid>")
    def read(uid: str) -> Response:
        return jsonify(status=authentications.read(uid).state)

    return routes


def _back(row: AuthenticationRow) -> AnyResponse | None:
    """Send the buyer back if the challenge has ended: there is nothing to answer any more."""
    if row.state == AuthenticationState.PENDING:
        return None
    return redirect_after_post(row.return_url)
