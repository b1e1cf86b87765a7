"""Merchants' daily statements for programs: ``/partner/bill/v1/statements/``.

Not in the published protocol: an addition of ours, with the key and the errors of the bills.
"""

from __future__ import annotations

from flask import Response, g

from ..shared.values.refusal import Refusal
from ..shared.web.openapi import documented
from .domain.statements import parse_day
from .merchant_api import Answer, merchant_api, protocol_error
from .routes import current_wallet
from .statement_files import StatementFacts, csv_file, json_file

api = merchant_api("statement_api", "v1/statements")
REFUSED = {
    "day.wrong": "a day is written as 2026-11-27",
    "day.future": "this day has not begun in the merchant's time zone",
}


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
