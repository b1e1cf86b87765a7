"""The daily statement of a merchant, for people who have its secret key."""

from __future__ import annotations

from flask import Blueprint, Response, g, render_template, request
from flask_babel import lazy_gettext
from flask_wtf import FlaskForm

from ...shared.values.refusal import NotFound, Refusal
from ...shared.web.forms import TextField
from ...shared.web.wording import show_beside_field
from ..domain.statements import Statement, parse_day
from ..statement_files import csv_file, json_file
from . import current_wallet
from .merchants import require_merchant_key

pages = Blueprint("statements", __name__, url_prefix="/merchant")
require_merchant_key(pages, "statement")


class DayForm(FlaskForm):
    """The day of a statement; it only reads, so it carries no form key."""

    class Meta:
        """Settings of the form."""

        csrf = False

    day = TextField(lazy_gettext("Day"), rule=parse_day)


@pages.get("/statement")
def index() -> str:
    asked = request.args if "day" in request.args else None
    today = current_wallet.statements.today(g.merchant).isoformat()
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
