"""The answers of the vault's protocol, as its description has them."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from ..shared.values.refusal import Refusal
from .domain.access_control import ChallengeNeeded
from .domain.card_view import ProtocolCard, ProtocolListedCard, card_facts
from .domain.owners import is_person
from .store import PaymentRow, VaultingRow, VaultingStatus
from .vault_result import DONE, DoneResult, RefusedResult, WaitingResult, result_of

# While the cent is held, in the published word.
STATUS = {VaultingStatus.PENDING: "PROCESSING"}
exact = with_config(ConfigDict(extra="forbid"))

Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Link = Annotated[str, Field(json_schema_extra={"enum": ["PROCESSING", "SUCCESS", "FAIL"]})]
Paid = Annotated[
    str, Field(json_schema_extra={"enum": ["PROCESSING", "SUCCESS", "FAIL", "CANCELLED"]})
]


class NamedBuyer(TypedDict):
    """A buyer, by phone (E.164)."""

    phone: str


class MinorAmount(TypedDict):
    """An amount in minor units of a currency."""

    currency: str
    value: str


class LinkedMethod(TypedDict):
    """The payment method that a request has linked."""

    paymentMethodType: Literal["CARD"]
    card: ProtocolCard


class VaultingFacts(TypedDict):
    """A request to link a card. ``normalUrl``: where its buyer goes on."""

    vaultingRequestId: str
    vaultingStatus: Link
    vaultingCreateTime: NotRequired[Moment]
    buyer: NotRequired[NamedBuyer]
    normalUrl: NotRequired[str]
    vaultingResult: NotRequired[RefusedResult]
    paymentMethodDetail: NotRequired[LinkedMethod]


class SessionFacts(TypedDict):
    """An opened session: the page on which the buyer links a card, and when it ends."""

    vaultingSessionId: str
    vaultingSessionData: str
    vaultingSessionExpiryTime: Moment
    normalUrl: str


class CardsFacts(TypedDict):
    """A buyer's cards."""

    buyer: NamedBuyer
    cards: list[ProtocolListedCard]


class RemovalFacts(TypedDict):
    """A card that was deleted."""

    cardToken: str


class CancelFacts(TypedDict):
    """A payment that is cancelled, and since when."""

    paymentRequestId: str
    cancelTime: Moment


class PaymentState(TypedDict):
    """A payment. ``paymentResult``: why it failed."""

    paymentRequestId: str
    paymentStatus: Paid
    paymentId: NotRequired[str]
    paymentAmount: NotRequired[MinorAmount]
    paymentTime: NotRequired[Moment]
    paymentResultCode: NotRequired[str]
    paymentResultMessage: NotRequired[str]
    paymentResult: NotRequired[RefusedResult]
    normalUrl: NotRequired[str]


@exact
class VaultingDone(VaultingFacts):
    """The request as it stands."""

    result: DoneResult


@exact
class SessionDone(SessionFacts):
    """The session is open."""

    result: DoneResult


@exact
class CardsDone(CardsFacts):
    """The cards, newest first."""

    result: DoneResult


@exact
class RemovalDone(RemovalFacts):
    """The card is deleted."""

    result: DoneResult


@exact
class CancelDone(CancelFacts):
    """Nothing is paid under this id."""

    result: DoneResult


@exact
class PaymentDone(PaymentState):
    """The payment as it stands."""

    result: DoneResult


@exact
class PaymentWaits(TypedDict):
    """The buyer has to answer a challenge at ``normalUrl`` first."""

    result: WaitingResult
    paymentRequestId: str
    normalUrl: str


class SignatureAdvice(TypedDict):
    """In a test instance: the text that was to be signed, and the part that differs."""

    expectedText: str
    differs: str
    advice: str


@exact
class RefusedAnswer(TypedDict):
    """The call did not do what it asks for."""

    result: RefusedResult
    signature: NotRequired[SignatureAdvice]


def vaulting_facts(vaulting: VaultingRow) -> VaultingFacts:
    """The facts of a request to link a card."""
    facts = VaultingFacts(
        vaultingRequestId=vaulting.request_id,
        vaultingStatus=STATUS.get(vaulting.status, vaulting.status),
        vaultingCreateTime=vaulting.at.isoformat(timespec="seconds"),
    )
    if is_person(vaulting.phone):
        facts["buyer"] = {"phone": vaulting.phone}
    if vaulting.redirect_url is not None:
        facts["normalUrl"] = vaulting.redirect_url
    if vaulting.refused is not None:
        facts["vaultingResult"] = result_of(Refusal(vaulting.refused))
    if vaulting.card is not None:
        facts["paymentMethodDetail"] = {
            "paymentMethodType": "CARD",
            "card": card_facts(vaulting.card),
        }
    return facts


def waiting_facts(request_id: str, challenge: ChallengeNeeded) -> VaultingFacts:
    """The facts of a link that waits for the buyer to answer a challenge."""
    return {
        "vaultingRequestId": request_id,
        "vaultingStatus": STATUS[VaultingStatus.PENDING],
        "normalUrl": challenge.url,
    }


def payment_facts(payment: PaymentRow) -> PaymentState:
    """The facts of a payment that was made or refused."""
    refused = None if payment.refused is None else result_of(Refusal(payment.refused))
    result = refused or DONE
    facts = PaymentState(
        paymentRequestId=payment.request_id,
        paymentId=payment.uid,
        paymentStatus="SUCCESS" if refused is None else "FAIL",
        paymentAmount={"currency": payment.currency, "value": str(payment.amount)},
        paymentTime=payment.at.isoformat(timespec="seconds"),
        paymentResultCode=result["resultCode"],
        paymentResultMessage=result["resultMessage"],
    )
    if refused is not None:
        facts["paymentResult"] = refused
    return facts
