"""The results of the vault's protocol, in the protocol's own codes."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from ..shared.values.refusal import Refusal


class DoneResult(TypedDict):
    """The call did what it asks for."""

    resultCode: Literal["SUCCESS"]
    resultStatus: Literal["S"]
    resultMessage: str


class WaitingResult(TypedDict):
    """The buyer has to do something first."""

    resultCode: Literal["PAYMENT_IN_PROCESS"]
    resultStatus: Literal["U"]
    resultMessage: str


DONE: DoneResult = {"resultCode": "SUCCESS", "resultStatus": "S", "resultMessage": "success"}

# What the rules refuse → code, status (F: refused; U: not known, so ask again), message.
REFUSED: dict[str, tuple[str, Literal["F", "U"], str]] = {
    "signature.wrong": ("INVALID_SIGNATURE", "F", "The signature is missing or does not fit."),
    "signature.stale": ("INVALID_SIGNATURE", "F", "The request is older than five minutes."),
    "card.declined": ("CARD_DECLINED", "F", "The issuer declined."),
    "card.insufficient-funds": ("INSUFFICIENT_FUNDS", "F", "The account lacks the money."),
    "card.expired": ("EXPIRED_CARD", "F", "The card has expired."),
    "card.wrong-code": ("INVALID_SECURITY_CODE", "F", "The security code is wrong."),
    "card.lost": ("LOST_CARD", "F", "The card was reported lost."),
    "card.issuer-down": ("ISSUER_UNAVAILABLE", "U", "The issuer does not answer."),
    "card.not-authenticated": ("AUTHENTICATION_FAILED", "F", "The holder is not authenticated."),
    "card.challenge-abandoned": ("AUTHENTICATION_ABANDONED", "F", "The buyer gave up."),
    "card.challenge-expired": ("AUTHENTICATION_EXPIRED", "F", "The buyer did not answer in time."),
    "card.authentication-unavailable": (
        "AUTHENTICATION_UNAVAILABLE",
        "F",
        "The holder cannot be authenticated.",
    ),
    "card_number.not-a-test-card": ("NOT_A_TEST_CARD", "F", "Only published test cards are taken."),
    "card.already-linked": ("CARD_ALREADY_LINKED", "F", "The buyer has this card already."),
    "card.unknown": ("CARD_NOT_FOUND", "F", "The buyer has no such card."),
    "currency.not-supported": ("CURRENCY_NOT_SUPPORT", "F", "This currency is not supported."),
    "request.conflict": ("REPEAT_REQ_INCONSISTENT", "F", "This request id came with other data."),
    "vaulting.unknown": ("VAULTING_NOT_EXIST", "F", "There is no such vaulting request."),
    "movement.conflict": ("REPEAT_REQ_INCONSISTENT", "F", "This was done with other data."),
    "payment.cancelled": ("ORDER_IS_CANCELED", "F", "The merchant has cancelled this payment."),
    "payment.captured": ("ORDER_STATUS_INVALID", "F", "The money is taken: refund it instead."),
    "payment.unknown": ("ORDER_NOT_EXIST", "F", "There is no such payment."),
}
# The buyer has to answer a challenge first.
IN_PROCESS: WaitingResult = {
    "resultCode": "PAYMENT_IN_PROCESS",
    "resultStatus": "U",
    "resultMessage": "The buyer has to confirm the card at normalUrl.",
}
ILLEGAL = "PARAM_ILLEGAL"


class RefusedResult(TypedDict):
    """Why a call failed. F: it is refused. U: the outcome is not known, so ask again."""

    resultCode: Annotated[str, Field(json_schema_extra=lambda schema: schema.update(enum=_codes()))]
    resultStatus: Literal["F", "U"]
    resultMessage: str
    field: NotRequired[str]
    reason: NotRequired[str]


BROKEN: RefusedResult = {
    "resultCode": "UNKNOWN_EXCEPTION",
    "resultStatus": "U",
    "resultMessage": "Something went wrong here. Ask again under the same id.",
}
NO_SUCH_OPERATION: RefusedResult = {
    "resultCode": "NO_INTERFACE_DEF",
    "resultStatus": "F",
    "resultMessage": "There is no such operation.",
}
WRONG_METHOD: RefusedResult = {
    "resultCode": "METHOD_NOT_SUPPORTED",
    "resultStatus": "F",
    "resultMessage": "Call this operation with POST.",
}


def result_of(refusal: Refusal) -> RefusedResult:
    """The result of a refusal.

    What is not in the table above is a value that cannot be used: PARAM_ILLEGAL, with the name
    of the field and (ours) the reason by the code that the sites' own forms use.
    """
    if refusal.code not in REFUSED:
        return illegal(refusal.field or "", refusal.code)
    code, status, message = REFUSED[refusal.code]
    return {"resultCode": code, "resultStatus": status, "resultMessage": message}


def illegal(field: str, reason: str) -> RefusedResult:
    """The result of a value that cannot be used."""
    return {
        "resultCode": ILLEGAL,
        "resultStatus": "F",
        "resultMessage": f"Illegal parameter: {field or 'the body'}.",
        "field": field,
        "reason": reason,
    }


def _codes() -> list[str]:
    own = (each["resultCode"] for each in (BROKEN, NO_SUCH_OPERATION, WRONG_METHOD))
    return sorted({ILLEGAL, *own, *(code for code, _, _ in REFUSED.values())})
