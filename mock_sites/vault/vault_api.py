"""The vault's protocol, as merchants speak it: ``/ams/api/v1/`` (C1.5, C2.6, C3.5).

Every call is a POST of JSON, signed by the merchant. Every answer says in its ``result`` how the
call ended, and is signed by the vault. The HTTP status is 200; 404 and 405 for what the vault
does not offer, and 413 for a body that is too large, which is not read.

``/ams/sandbox/api/v1/`` is the same interface: the published clients call it for a client id that
begins with ``SANDBOX_``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar, cast

from flask import Blueprint, Flask, Response, current_app, jsonify, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from ..shared.messaging.signature_diagnosis import diagnose
from ..shared.messaging.signing import RESPONSE_TIME, SIGNATURE, Signing
from ..shared.values.refusal import NotFound, Refusal
from ..shared.web.json_body import read_json
from ..shared.web.openapi import documented
from . import vault_request as asked
from .domain.access_control import ChallengeNeeded
from .domain.card_view import listed_card_facts
from .routes import current_vault
from .vault_answer import (
    STATUS,
    CancelDone,
    CardsDone,
    PaymentDone,
    PaymentWaits,
    RefusedAnswer,
    RemovalDone,
    SessionDone,
    VaultingDone,
    VaultingFacts,
    payment_facts,
    vaulting_facts,
    waiting_facts,
)
from .vault_result import (
    BROKEN,
    DONE,
    IN_PROCESS,
    NO_SUCH_OPERATION,
    WRONG_METHOD,
    illegal,
    result_of,
)

log = logging.getLogger(__name__)

Body = TypeVar("Body", bound=BaseModel)


# All that merchants call is below it.
PREFIX = "/ams/"
VERSIONS = {"vault_api": "/ams/api/v1", "vault_sandbox_api": "/ams/sandbox/api/v1"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

api = Blueprint("vault_api", __name__)
# What is below the prefix and is no operation of the vault.
elsewhere = Blueprint("vault_elsewhere", __name__, url_prefix=PREFIX)


def add_vault_api(app: Flask, signing: Signing, *, explains: bool) -> None:
    """Add the protocol to the site.

    ``explains``: the answer to a wrong signature says what was to be signed. For test instances.
    """
    app.extensions["signing"] = signing
    app.extensions["explains_signatures"] = explains
    for name, prefix in VERSIONS.items():
        app.register_blueprint(api, name=name, url_prefix=prefix)
    app.register_blueprint(elsewhere)
    # They are signed, and so carry no CSRF token.
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith((*VERSIONS, elsewhere.name)):
            app.extensions["csrf"].exempt(view)


def _operation(
    summary: str, answer: Any, body: type[BaseModel]
) -> Callable[[Callable[[], Response]], Callable[[], Response]]:
    """Describe an operation: any can be refused with HTTP 200 too."""
    return documented(summary, answer | RefusedAnswer, body=body)


@api.before_request
def check_signature() -> None:
    _signing().check(request.path, dict(request.headers), request.get_data())


@api.after_request
@elsewhere.after_request
def sign(answer: Response) -> Response:
    answer.headers.extend(_signing().headers(request.path, answer.get_data(), RESPONSE_TIME))
    return answer


@elsewhere.route("/", defaults={"operation": ""}, methods=METHODS)
@elsewhere.route("/<path:operation>", methods=METHODS, provide_automatic_options=False)
def unknown_operation(operation: str) -> tuple[Response, int]:
    rules = current_app.url_map.iter_rules()
    offered = (rule.rule for rule in rules if rule.endpoint.startswith(tuple(VERSIONS)))
    if request.path in offered:
        return jsonify(result=WRONG_METHOD), 405
    return jsonify(result=NO_SUCH_OPERATION), 404


@api.post("/vaults/vaultPaymentMethod")
@_operation("Link a card", VaultingDone, asked.VaultPaymentMethod)
def vault_payment_method() -> Response:
    today = current_vault.upkeep.now().date()
    wanted = _body_as(asked.VaultPaymentMethod).as_new_vaulting(current_vault.merchant, today)
    try:
        return _done(vaulting_facts(current_vault.vaultings.vault(wanted)))
    except ChallengeNeeded as challenge:
        return _done(waiting_facts(wanted.request_id, challenge))


@api.post("/vaults/createVaultingSession")
@_operation(
    "Open a page on which the buyer links a card",
    SessionDone,
    asked.CreateVaultingSession,
)
def create_vaulting_session() -> Response:
    wanted = _body_as(asked.CreateVaultingSession).as_new_session(current_vault.merchant)
    opened = current_vault.sessions.open(wanted)
    page = current_vault.merchant.session_page(opened.uid)
    ends_at = opened.ends_at.isoformat(timespec="seconds")
    return _done(
        {
            "vaultingSessionId": opened.uid,
            "vaultingSessionData": page,
            "vaultingSessionExpiryTime": ends_at,
            "normalUrl": page,
        }
    )


@api.post("/vaults/inquireVaulting")
@_operation("Read a request to link a card", VaultingDone, asked.InquireVaulting)
def inquire_vaulting() -> Response:
    request_id = _body_as(asked.InquireVaulting).vaultingRequestId
    try:
        return _done(vaulting_facts(current_vault.vaultings.read(request_id)))
    except ChallengeNeeded as challenge:
        return _done(waiting_facts(request_id, challenge))
    except NotFound:
        return _done(_session_facts(request_id))


@api.post("/vaults/inquireBuyerCards")
@_operation("List a buyer's cards", CardsDone, asked.InquireBuyerCards)
def inquire_buyer_cards() -> Response:
    buyer = _body_as(asked.InquireBuyerCards).buyer
    cards = [listed_card_facts(card) for card in current_vault.cards.of(buyer.phone)]
    return _done({"buyer": {"phone": buyer.phone}, "cards": cards})


@api.post("/vaults/removePaymentMethod")
@_operation("Delete a card", RemovalDone, asked.RemovePaymentMethod)
def remove_payment_method() -> Response:
    wanted = _body_as(asked.RemovePaymentMethod)
    try:
        owner = wanted.phone or current_vault.cards.owner(wanted.cardToken)
        current_vault.cards.delete(owner, [wanted.cardToken])
    except NotFound:
        raise Refusal("card.unknown") from None
    return _done({"cardToken": wanted.cardToken})


@api.post("/payments/pay")
@_operation("Pay from a card", PaymentDone | PaymentWaits, asked.Pay)
def pay() -> Response:
    today = current_vault.upkeep.now().date()
    wanted = _body_as(asked.Pay).as_new_payment(current_vault.merchant, today)
    try:
        return _done(payment_facts(current_vault.payments.pay(wanted)))
    except ChallengeNeeded as challenge:
        facts = {"paymentRequestId": wanted.request_id, "normalUrl": challenge.url}
        return jsonify({"result": IN_PROCESS, **facts})


@api.post("/payments/cancel")
@_operation("Cancel a payment", CancelDone, asked.CancelPayment)
def cancel() -> Response:
    request_id = _body_as(asked.CancelPayment).paymentRequestId
    at = current_vault.payments.cancel(request_id).isoformat(timespec="seconds")
    return _done({"paymentRequestId": request_id, "cancelTime": at})


@api.post("/payments/inquiryPayment")
@_operation("Read a payment", PaymentDone, asked.InquirePayment)
def inquiry_payment() -> Response:
    wanted = _body_as(asked.InquirePayment)
    try:
        payments = current_vault.payments
        request_id = wanted.paymentRequestId or payments.request_of(wanted.paymentId)
    except NotFound:
        raise Refusal("payment.unknown") from None
    try:
        return _done(payment_facts(payments.read(request_id)))
    except ChallengeNeeded as challenge:
        facts = {"paymentRequestId": request_id, "paymentStatus": "PROCESSING"}
        return _done({**facts, "normalUrl": challenge.url})
    except NotFound:
        raise Refusal("payment.unknown") from None
    except Refusal:
        return _done({"paymentRequestId": request_id, "paymentStatus": "CANCELLED"})


@api.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    if refusal.code.startswith("signature.") and current_app.extensions["explains_signatures"]:
        return jsonify(result=result_of(refusal), signature=_why_not_signed())
    return jsonify(result=result_of(refusal))


@api.errorhandler(ValidationError)
def malformed(error: ValidationError) -> Response:
    first = error.errors(include_input=False, include_context=False)[0]
    return jsonify(result=illegal(".".join(map(str, first["loc"])), first["type"]))


@api.errorhandler(RequestEntityTooLarge)
@elsewhere.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[Response, int]:
    return jsonify(result=illegal("", "too-large")), 413


@api.errorhandler(Exception)
@elsewhere.errorhandler(Exception)
def broken(error: Exception) -> Response:
    log.error("a call failed: %s", request.path, exc_info=error)
    return jsonify(result=BROKEN)


def _signing() -> Signing:
    """Return the signer, which also verifies the merchant's signatures."""
    return cast(Signing, current_app.extensions["signing"])


def _why_not_signed() -> dict[str, str]:
    signing, headers = _signing(), dict(request.headers)
    fits = partial(signing.fits, headers.get(SIGNATURE, ""))
    return diagnose(request.path, signing.client_id, headers, request.get_data(), fits).facts()


def _body_as(model: type[Body]) -> Body:
    return read_json(model, request.get_data())


def _done(facts: Mapping[str, object]) -> Response:
    return jsonify({"result": DONE, **facts})


def _session_facts(request_id: str) -> VaultingFacts:
    """The facts of a session without a card. Raises Refusal ``vaulting.unknown``."""
    try:
        status = current_vault.sessions.status(request_id)
    except NotFound:
        raise Refusal("vaulting.unknown") from None
    return {"vaultingRequestId": request_id, "vaultingStatus": STATUS.get(status, status)}
