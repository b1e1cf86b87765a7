"""The log of a merchant's notifications for programs: ``/partner/bill/v1/notifications``.

Not in the published protocol: an addition of ours, with the key and the errors of the bills.
"""

from __future__ import annotations

from flask import Blueprint, Flask, Response, g, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge

from ..shared.values.refusal import NotFound, Refusal
from ..shared.web.openapi import documented
from ..shared.web.web import bearer_token
from .bill_answer import NotificationList
from .bill_api import PREFIX, WRONG_ID, Answer, protocol_error, too_large, wrong_key
from .bill_ids import parse_id
from .domain.notification_log import Outcome, outcome_named
from .notification_facts import NotificationFacts, notification_facts
from .routes import current_wallet

api = Blueprint("notification_api", __name__, url_prefix=f"{PREFIX}v1/notifications")
api.register_error_handler(RequestEntityTooLarge, too_large)


def add_notification_api(app: Flask) -> None:
    """Add the log to the site. Its calls carry a secret key, and so no CSRF token."""
    app.extensions["csrf"].exempt(api)
    app.register_blueprint(api)


@api.before_request
def check_key() -> Answer | None:
    g.merchant = current_wallet.merchants.with_secret_key(bearer_token())
    return wrong_key() if g.merchant is None else None


@api.get("")
@documented("List the newest notifications", NotificationList, query=["bill_id", "outcome"])
def index() -> Response:
    bill_id = request.args.get("bill_id")
    wanted = None if bill_id is None else parse_id(bill_id, "bill_id")
    asked = request.args.get("outcome")
    outcome = None if asked is None else outcome_named(asked)
    found = current_wallet.notification_log.of(g.merchant, wanted, outcome)
    return jsonify(NotificationList(notifications=list(map(notification_facts, found))))


@api.put("/<bill_id>/replays/<replay_id>")
@documented("Send a notification again", NotificationFacts, otherwise=[404, 409])
def send_again(bill_id: str, replay_id: str) -> Response:
    wanted, replay = parse_id(bill_id, "bill_id"), parse_id(replay_id, "replay_id")
    again = current_wallet.notification_log.send_again(g.merchant, wanted, replay)
    return jsonify(notification_facts(again))


@api.errorhandler(NotFound)
def not_found(_error: NotFound) -> Answer:
    return protocol_error(404, "api.notification.not.found", "No notification of this bill")


@api.errorhandler(Refusal)
def refused(refusal: Refusal) -> Answer:
    if refusal.code == "notification.no-address":
        return protocol_error(409, "api.notification.no.address", "There is no address to tell")
    reasons = {**WRONG_ID, "outcome.unknown": f"one of {', '.join(Outcome)}"}
    return protocol_error(400, f"validation.error.{refusal.field}", reasons[refusal.code])
