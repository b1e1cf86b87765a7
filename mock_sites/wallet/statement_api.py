"""Merchants' daily statements for programs: ``/partner/bill/v1/statements/``.

Not in the published protocol: an addition of ours, with the key and the errors of the bills.
"""

from __future__ import annotations

from flask import Blueprint, Flask, Response, g
from werkzeug.exceptions import RequestEntityTooLarge

from ..shared.values.refusal import Refusal
from ..shared.web.openapi import documented
from ..shared.web.web import bearer_token
from .bill_api import PREFIX, Answer, protocol_error, too_large, wrong_key
from .domain.statements import parse_day
from .routes import current_wallet
from .statement_files import StatementFacts, csv_file, json_file

api = Blueprint("statement_api", __name__, url_prefix=f"{PREFIX}v1/statements")
api.register_error_handler(RequestEntityTooLarge, too_large)
REFUSED = {
    "day.wrong": "a day is written as 2026-11-27",
    "day.future": "this day has not begun in the merchant's time zone",
}


def add_statement_api(app: Flask) -> None:
    """Add the exports to the site. Their calls carry a secret key, and so no CSRF token."""
    app.extensions["csrf"].exempt(api)
    app.register_blueprint(api)


@api.before_request
def check_key() -> Answer | None:
    g.merchant = current_wallet.merchants.with_secret_key(bearer_token())
    return wrong_key() if g.merchant is None else None


@api.get("/<day>.json")
@documented("A day's statement", StatementFacts)
def as_json(day: str) -> Response:
    return json_file(current_wallet.statements.of(g.merchant, parse_day(day)))


@api.get("/<day>.csv")
@documented("A day's statement as CSV", str, media="text/csv")
def as_csv(day: str) -> Response:
    return csv_file(current_wallet.statements.of(g.merchant, parse_day(day)))


@api.errorhandler(Refusal)
def refused(refusal: Refusal) -> Answer:
    return protocol_error(400, f"validation.error.{refusal.field}", REFUSED[refusal.code])
