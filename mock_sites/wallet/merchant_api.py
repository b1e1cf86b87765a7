"""What all calls of merchants' programs have in common: the key, and the errors (W2.2)."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from flask import Blueprint, Flask, Response, g, jsonify
from werkzeug.exceptions import RequestEntityTooLarge

from ..shared.web.web import bearer_token
from .bill_answer import ProtocolError
from .domain.bill_view import moment_text
from .routes import current_wallet

Answer = tuple[Response, int]

# All that merchants call is below it.
PREFIX = "/partner/bill/"


def merchant_api(name: str, path: str = "") -> Blueprint:
    """Routes below the prefix for calls with a merchant's key: ``g.merchant`` is whose it is."""
    api = Blueprint(name, __name__, url_prefix=f"{PREFIX}{path}")
    api.before_request(_check_key)
    api.register_error_handler(RequestEntityTooLarge, _too_large)
    return api


def add_merchant_apis(app: Flask, *apis: Blueprint) -> None:
    """Add the routes to the site. Their calls carry a secret key, and so no CSRF token."""
    for api in apis:
        app.extensions["csrf"].exempt(api)
        app.register_blueprint(api)


def protocol_error(status: int, code: str, description: str) -> Answer:
    """An error in the shape of the protocol."""
    body: ProtocolError = {
        "serviceName": "invoicing-api",
        "errorCode": code,
        "description": description,
        "userMessage": description,
        "dateTime": moment_text(datetime.now(UTC)),
        "traceId": uuid4().hex[:16],
    }
    return jsonify(body), status


def _check_key() -> Answer | None:
    g.merchant = current_wallet.merchants.with_secret_key(bearer_token())
    if g.merchant is None:
        return protocol_error(401, "auth.unauthorized", "The secret key is missing or unknown")
    return None


def _too_large(_too_large: RequestEntityTooLarge) -> Answer:
    return protocol_error(413, "validation.error", "the body is too large")
