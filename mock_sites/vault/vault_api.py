"""The vault's protocol, as merchants speak it: ``/ams/api/v1/`` (C1.5, C2.6, C3.5).

Every call is a POST of JSON, signed by the merchant; every answer has HTTP status 200, says in
its ``result`` how the call ended, and is signed by the vault. A body that is too large is not
read, and answered with status 413.
"""

from __future__ import annotations

import logging
from typing import Any, TypeVar, cast

from flask import Blueprint, Response, current_app, jsonify, request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from ..shared.messaging.signing import RESPONSE_TIME, Signing
from ..shared.values.refusal import NotFound, Refusal
from ..shared.web.json_body import read_json
from . import vault_request as asked
from .domain.card_view import card_facts, listed_card_facts
from .routes import current_vault
from .store import PaymentRow, VaultingRow
from .vault_result import BROKEN, DONE, illegal, result_of

log = logging.getLogger(__name__)

Body = TypeVar("Body", bound=BaseModel)
Facts = dict[str, Any]


api = Blueprint("vault_api", __name__, url_prefix="/ams/api/v1")


@api.before_request
def check_signature() -> None:
    _signing().check(request.path, dict(request.headers), request.get_data())


@api.after_request
def sign(answer: Response) -> Response:
    answer.headers.extend(_signing().headers(request.path, answer.get_data(), RESPONSE_TIME))
    return answer


@api.post("/vaults/vaultPaymentMethod")
def vault_payment_method() -> Response:
    today = current_vault.upkeep.now().date()
    wanted = _body_as(asked.VaultPaymentMethod).as_new_vaulting(current_vault.merchant, today)
    return _done(_vaulting_facts(current_vault.vaultings.vault(wanted)))


@api.post("/vaults/inquireVaulting")
def inquire_vaulting() -> Response:
    request_id = _body_as(asked.InquireVaulting).vaultingRequestId
    try:
        return _done(_vaulting_facts(current_vault.vaultings.read(request_id)))
    except NotFound:
        raise Refusal("vaulting.unknown") from None


@api.post("/vaults/inquireBuyerCards")
def inquire_buyer_cards() -> Response:
    buyer = _body_as(asked.InquireBuyerCards).buyer
    cards = [listed_card_facts(card) for card in current_vault.cards.of(buyer.phone)]
    return _done({"buyer": {"phone": buyer.phone}, "cards": cards})


@api.post("/vaults/removePaymentMethod")
def remove_payment_method() -> Response:
    wanted = _body_as(asked.RemovePaymentMethod)
    try:
        current_vault.cards.delete(wanted.buyer.phone, [wanted.cardToken])
    except NotFound:
        raise Refusal("card.unknown") from None
    return _done({"cardToken": wanted.cardToken})


@api.post("/payments/pay")
def pay() -> Response:
    wanted = _body_as(asked.Pay).as_new_payment(current_vault.upkeep.now().date())
    return _done(_payment_facts(current_vault.payments.pay(wanted)))


@api.post("/payments/cancel")
def cancel() -> Response:
    request_id = _body_as(asked.CancelPayment).paymentRequestId
    at = current_vault.payments.cancel(request_id).isoformat(timespec="seconds")
    return _done({"paymentRequestId": request_id, "cancelTime": at})


@api.post("/payments/inquiryPayment")
def inquiry_payment() -> Response:
    request_id = _body_as(asked.InquirePayment).paymentRequestId
    try:
        return _done(_payment_facts(current_vault.payments.read(request_id)))
    except NotFound:
        raise Refusal("payment.unknown") from None
    except Refusal:
        return _done({"paymentRequestId": request_id, "paymentStatus": "CANCELLED"})


@api.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    return jsonify(result=result_of(refusal))


@api.errorhandler(ValidationError)
def malformed(error: ValidationError) -> Response:
    first = error.errors(include_input=False, include_context=False)[0]
    return jsonify(result=illegal(".".join(map(str, first["loc"])), first["type"]))


@api.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[Response, int]:
    return jsonify(result=illegal("", "too-large")), 413


@api.errorhandler(Exception)
def broken(error: Exception) -> Response:
    log.error("a call failed: %s", request.path, exc_info=error)
    return jsonify(result=BROKEN)


def _signing() -> Signing:
    """Return the signer, which also verifies the merchant's signatures."""
    return cast(Signing, current_app.extensions["signing"])


def _body_as(model: type[Body]) -> Body:
    return read_json(model, request.get_data())


def _done(facts: Facts) -> Response:
    return jsonify({"result": DONE, **facts})


def _vaulting_facts(vaulting: VaultingRow) -> Facts:
    facts: Facts = {
        "vaultingRequestId": vaulting.request_id,
        "vaultingStatus": vaulting.status,
        "vaultingCreateTime": vaulting.at.isoformat(timespec="seconds"),
        "buyer": {"phone": vaulting.phone},
    }
    if vaulting.redirect_url is not None:
        facts["normalUrl"] = vaulting.redirect_url
    if vaulting.refused is not None:
        facts["vaultingResult"] = result_of(Refusal(vaulting.refused))
    if vaulting.card is not None:
        card = card_facts(vaulting.card)
        facts["paymentMethodDetail"] = {"paymentMethodType": "CARD", "card": card}
    return facts


def _payment_facts(payment: PaymentRow) -> Facts:
    facts: Facts = {
        "paymentRequestId": payment.request_id,
        "paymentId": payment.uid,
        "paymentStatus": "SUCCESS" if payment.refused is None else "FAIL",
        "paymentAmount": {"currency": payment.currency, "value": str(payment.amount)},
        "paymentTime": payment.at.isoformat(timespec="seconds"),
    }
    if payment.refused is not None:
        facts["paymentResult"] = result_of(Refusal(payment.refused))
    return facts
