"""The endpoints for the notifications of the wallet (W2.6) and the vault (C2.6)."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ...shared.values.refusal import Refusal
from ...shared.web.web import answer_too_large_in_json
from . import current_shop

# They are signed, and so carry no CSRF token.
pages = Blueprint("notifications", __name__, url_prefix="/notifications")
answer_too_large_in_json(pages)

ACKNOWLEDGED = {
    "result": {"resultCode": "SUCCESS", "resultStatus": "S", "resultMessage": "success"}
}
STATUS_OF_REFUSAL = {"notification.forged": 403}


@pages.post("/qiwi")
def qiwi() -> ResponseReturnValue:
    signature = request.headers.get("X-Api-Signature-SHA256", "")
    current_shop.invoices.handle_notification(request.get_data(), signature)
    return {"error": "0"}


@pages.post("/vault")
def vault() -> ResponseReturnValue:
    headers = dict(request.headers)
    # The whole path is signed, with what leads to a team's own shop.
    path = request.script_root + request.path
    current_shop.cards.handle_notification(path, headers, request.get_data())
    return ACKNOWLEDGED


@pages.errorhandler(Refusal)
def refused(refusal: Refusal) -> ResponseReturnValue:
    return {"error": refusal.code}, STATUS_OF_REFUSAL.get(refusal.code, 400)
