"""The merchants' page: a daily statement for people who have the merchant's secret key."""

from __future__ import annotations

import hmac

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from ...shared.values.refusal import NotFound, Refusal
from ...shared.web.forms import SecretField, TextField
from ...shared.web.web import redirect_after_post
from ...shared.web.wording import show_beside_field
from ..domain.statements import Statement, parse_day
from ..statement_files import csv_file, json_file
from ..store import MerchantRow
from . import current_wallet

SITE_ID, KEY_MARK = "merchant_site_id", "merchant_key_mark"
PUBLIC = ("statements.sign_in",)

pages = Blueprint("statements", __name__, url_prefix="/merchant")


def _known(key: str) -> MerchantRow:
    merchant = current_wallet.merchants.with_secret_key(key)
    if merchant is None:
        raise Refusal("merchant_key.unknown", "secret_key")
    return merchant


class KeyForm(FlaskForm):
    """The secret key of a merchant."""

    secret_key = SecretField(lazy_gettext("Secret key"), rule=_known)


class DayForm(FlaskForm):
    """The day of a statement; it only reads, so it carries no form key."""

    class Meta:
        """Settings of the form."""

        csrf = False

    day = TextField(lazy_gettext("Day"), rule=parse_day)


@pages.before_request
def ask_for_key() -> ResponseReturnValue | None:
    g.merchant = _merchant_of_session()
    if g.merchant is not None or request.endpoint in PUBLIC:
        return None
    return redirect(url_for("statements.sign_in"), 303)


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> AnyResponse | str:
    form = KeyForm()
    if form.validate_on_submit():
        merchant = form.secret_key.data
        session[SITE_ID], session[KEY_MARK] = merchant.site_id, _mark(merchant)
        return redirect_after_post(url_for("statements.index"))
    return render_template("merchant_sign_in.html", form=form)


@pages.post("/sign-out")
def sign_out() -> AnyResponse:
    for name in (SITE_ID, KEY_MARK):
        session.pop(name, None)
    return redirect_after_post(url_for("statements.sign_in"))


@pages.get("/statement")
def index() -> str:
    asked = request.args if "day" in request.args else None
    today = current_wallet.statements.today().isoformat()
    form, statement = DayForm(formdata=asked, day=today), None
    if asked is None:
        statement = current_wallet.statements.of(g.merchant, parse_day(today))
    elif form.validate():
        try:
            statement = current_wallet.statements.of(g.merchant, form.day.data)
        except Refusal as refusal:
            show_beside_field(form, refusal)
    return render_template("statement.html", form=form, statement=statement, merchant=g.merchant)


@pages.get("/statement/<day>.csv")
def as_csv(day: str) -> Response:
    return csv_file(_statement(day))


@pages.get("/statement/<day>.json")
def as_json(day: str) -> Response:
    return json_file(_statement(day))


def _statement(day: str) -> Statement:
    try:
        return current_wallet.statements.of(g.merchant, parse_day(day))
    except Refusal:
        raise NotFound(day) from None


def _merchant_of_session() -> MerchantRow | None:
    """The merchant that this browser has shown the key of; None once the key is another."""
    merchant = current_wallet.merchants.issuer(str(session.get(SITE_ID, "")))
    if merchant is None:
        return None
    mark = str(session.get(KEY_MARK, ""))
    return merchant if hmac.compare_digest(mark, _mark(merchant)) else None


def _mark(merchant: MerchantRow) -> str:
    """What the session keeps of the key: a keyed hash, worth nothing elsewhere."""
    site_key = str(current_app.secret_key).encode()
    return hmac.new(site_key, merchant.secret_key.encode(), "sha256").hexdigest()
