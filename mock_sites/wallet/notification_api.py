"""The log of a merchant's notifications for programs: ``/partner/bill/v1/notifications``.

Not in the published protocol: an addition of ours, with the key and the errors of the bills.
"""

from __future__ import annotations

from flask import Response, g, jsonify, request

from ..shared.values.refusal import NotFound, Refusal
from ..shared.web.openapi import documented
from .bill_answer import NotificationList
from .bill_api import WRONG_ID
from .bill_ids import parse_id
from .domain.notification_log import MOST_REPLAYS, Outcome, outcome_named
from .merchant_api import Answer, merchant_api, protocol_error
from .notification_facts import NotificationFacts, notification_facts
from .routes import current_wallet

api = merchant_api("notification_api", "v1/notifications")
REFUSED = {
    "notification.no-address": ("api.notification.no.address", "There is no address to tell"),
    "notification.too-many-replays": (
        "api.notification.too.many.replays",
        f"A notification is sent again {MOST_REPLAYS} times at most",
    ),
}


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
    if refusal.code in REFUSED:
        return protocol_error(409, *REFUSED[refusal.code])
    reasons = {**WRONG_ID, "outcome.unknown": f"one of {', '.join(Outcome)}"}
    return protocol_error(400, f"validation.error.{refusal.field}", reasons[refusal.code])
