"""The bill protocol, as merchants speak it: ``/partner/bill/v1/bills/`` (W2.2)."""

from __future__ import annotations

from typing import TypeVar

from flask import Response, current_app, g, jsonify, request
from pydantic import BaseModel, ValidationError

from ..shared.values.refusal import NotFound, Refusal
from ..shared.web.json_body import read_json
from ..shared.web.openapi import documented
from .bill_answer import (
    ProtocolRefund,
    RefundList,
    ShownBill,
    refund_facts,
    shown_bill,
)
from .bill_ids import LONGEST_ID, parse_id
from .bill_request import BillRequest, RefundRequest
from .domain.bill_view import bill_facts
from .merchant_api import PREFIX, Answer, merchant_api, protocol_error
from .routes import current_wallet
from .store import BillRow, RefundRow

Body = TypeVar("Body", bound=BaseModel)

# What the rules refuse, in the words of the protocol: status, code, description.
REFUSED = {
    "bill.conflict": (409, "api.invoice.conflict", "This billId has other data"),
    "bill.past-due": (400, "validation.error.expirationDateTime", "The due date is in the past"),
    "bill.paid": (409, "api.invoice.status.conflict", "The bill is paid"),
    "bill.expired": (409, "api.invoice.status.conflict", "The bill has expired"),
    "refund.too-large": (400, "refund.incorrect.amount", "More than is left of the bill"),
    "movement.conflict": (409, "api.invoice.conflict", "This was done with other data"),
    "refund.conflict": (409, "refund.conflict", "This refundId has another amount"),
}
# What an id may not be, in words for the merchant's developers.
WRONG_ID = {
    "id.wrong": f"1 to {LONGEST_ID} characters, without a slash or a line break",
    "text.unreadable": "this is not UTF-8, or has control characters in it",
    "text.card-number": "this looks like a card number; do not send it here",
}


BILLS = "v1/bills"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

api = merchant_api("bill_api", f"{BILLS}/<bill_id>")
# What is below the prefix and is no operation of the wallet.
elsewhere = merchant_api("bill_elsewhere")
# The blueprints of what the wallet does for merchants' programs.
OPERATIONS = ("bill_api", "statement_api", "notification_api")


@elsewhere.route("/", defaults={"path": ""}, methods=METHODS)
@elsewhere.route("/<path:path>", methods=METHODS, provide_automatic_options=False)
def unknown_operation(path: str) -> Answer:
    """Name the part of the call that does not fit: method, the bill's id or path."""
    if _is_operation(request.path):
        return protocol_error(
            405, "validation.error.method", f"{request.method} is not allowed here"
        )
    if f"{request.path}/".startswith(f"{PREFIX}{BILLS}/"):
        return protocol_error(400, "validation.error.billId", WRONG_ID["id.wrong"])
    return protocol_error(404, "validation.error.path", "There is no such operation")


def _is_operation(path: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    allowed = [] if adapter is None else adapter.allowed_methods(path)
    routes = (adapter.match(path, method) for method in allowed) if adapter else ()
    return any(endpoint.partition(".")[0] in OPERATIONS for endpoint, _ in routes)


@api.before_request
def check_ids() -> None:
    for name, value in (request.view_args or {}).items():
        parse_id(value, {"bill_id": "billId", "refund_id": "refundId"}[name])


@api.put("")
@documented("Issue a bill", ShownBill, body=BillRequest, otherwise=[409])
def issue(bill_id: str) -> Response:
    return _shown_bill(
        current_wallet.bills.issue(g.merchant, _body_as(BillRequest).as_new_bill(bill_id))
    )


@api.get("")
@documented("Read a bill", ShownBill, otherwise=[404])
def read(bill_id: str) -> Response:
    return _shown_bill(current_wallet.bills.read(g.merchant, bill_id))


@api.post("/reject")
@documented("Reject a bill that is not paid", ShownBill, otherwise=[404, 409])
def reject(bill_id: str) -> Response:
    return _shown_bill(current_wallet.bills.reject(g.merchant, bill_id))


@api.put("/refunds/<refund_id>")
@documented("Refund a paid bill", ProtocolRefund, body=RefundRequest, otherwise=[404, 409])
def refund(bill_id: str, refund_id: str) -> Response:
    money = _body_as(RefundRequest).amount.money
    return _shown_refund(*current_wallet.refunds.give(g.merchant, bill_id, refund_id, money))


@api.get("/refunds/<refund_id>")
@documented("Read a refund", ProtocolRefund, otherwise=[404])
def read_refund(bill_id: str, refund_id: str) -> Response:
    return _shown_refund(*current_wallet.refunds.read(g.merchant, bill_id, refund_id))


@api.get("/refunds")
@documented("List the refunds of a bill", RefundList, otherwise=[404])
def list_refunds(bill_id: str) -> Response:
    """Not in the published protocol, which reads refunds one by one: an addition of ours."""
    bill, found = current_wallet.refunds.all_of(g.merchant, bill_id)
    return jsonify(RefundList(refunds=[refund_facts(bill, refund) for refund in found]))


def _shown_bill(bill: BillRow) -> Response:
    pay_url = f"{current_app.config['PUBLIC_URL']}/form/?invoice_uid={bill.uid}"
    return jsonify(shown_bill(bill_facts(bill), pay_url))


@api.errorhandler(NotFound)
def not_found(_error: NotFound) -> Answer:
    return _error_of_invoice()


@api.errorhandler(Refusal)
def refused(refusal: Refusal) -> Answer:
    if refusal.code in WRONG_ID:
        return protocol_error(400, f"validation.error.{refusal.field}", WRONG_ID[refusal.code])
    return protocol_error(*REFUSED[refusal.code])


@api.errorhandler(ValidationError)
def malformed(error: ValidationError) -> Answer:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    return protocol_error(
        400, f"validation.error.{field}" if field else "validation.error", first["msg"]
    )


def _error_of_invoice() -> Answer:
    return protocol_error(404, "api.invoice.not.found", "Invoice not found")


def _body_as(model: type[Body]) -> Body:
    """The request's JSON; its numbers keep their digits, so that no kopeck is lost."""
    return read_json(model, request.get_data())


def _shown_refund(bill: BillRow, refund: RefundRow) -> Response:
    return jsonify(refund_facts(bill, refund))
