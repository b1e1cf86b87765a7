"""Where the wallet tells the shop that a bill is paid (W2.6)."""

from __future__ import annotations

from flask import Blueprint, Flask, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect

from mock_sites.refusal import Refusal
from mock_sites.shop.domain.shop import Shop

STATUS_OF_REFUSAL = {"notification.forged": 403}


def add_notifications(app: Flask, shop: Shop) -> None:
    """Let ``app`` take the wallet's notifications: signed by it, so without a CSRF token."""
    protect: CSRFProtect = app.extensions["csrf"]
    pages = Blueprint("notifications", __name__, url_prefix="/notifications")
    protect.exempt(pages)

    @pages.post("/qiwi")
    def qiwi() -> ResponseReturnValue:
        signature = request.headers.get("X-Api-Signature-SHA256", "")
        try:
            shop.invoices.hear(request.get_data(), signature)
        except Refusal as refusal:
            return {"error": refusal.code}, STATUS_OF_REFUSAL.get(refusal.code, 400)
        return {"error": "0"}

    app.register_blueprint(pages)
