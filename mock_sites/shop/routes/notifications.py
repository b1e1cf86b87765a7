"""Where the wallet tells of a bill that is paid (W2.6), and the vault of cards (C2.6)."""

from __future__ import annotations

from flask import Blueprint, Flask, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from ...shared.values.refusal import Refusal
from ...shared.web.web import answer_too_large_in_json
from ..domain.shop import Shop

ACKNOWLEDGED = {
    "result": {"resultCode": "SUCCESS", "resultStatus": "S", "resultMessage": "success"}
}
STATUS_OF_REFUSAL = {"notification.forged": 403}


def add_notifications(app: Flask, shop: Shop) -> None:
    """Let ``app`` take notifications: they are signed, and so carry no CSRF token."""
    protect: CSRFProtect = app.extensions["csrf"]
    pages = Blueprint("notifications", __name__, url_prefix="/notifications")
    protect.exempt(pages)
    answer_too_large_in_json(pages)

    @pages.post("/qiwi")
    def qiwi() -> ResponseReturnValue:
        signature = request.headers.get("X-Api-Signature-SHA256", "")
        try:
            shop.invoices.handle_notification(request.get_data(), signature)
        except Refusal as refusal:
            return {"error": refusal.code}, STATUS_OF_REFUSAL.get(refusal.code, 400)
        return {"error": "0"}

    @pages.post("/vault")
    def vault() -> ResponseReturnValue:
        try:
            shop.cards.handle_notification(request.path, dict(request.headers), request.get_data())
        except Refusal as refusal:
            return {"error": refusal.code}, STATUS_OF_REFUSAL.get(refusal.code, 400)
        return ACKNOWLEDGED

    app.register_blueprint(pages)
