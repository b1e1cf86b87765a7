"""The client of the vault's merchant protocol, on the shop's side.

A card's number and code pass through :meth:`VaultClient.link` and :meth:`VaultClient.pay` on
their way to the vault and stay nowhere: errors name the call, and nothing that was said in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx
from pydantic import ValidationError

from ...shared.messaging.outgoing import is_loopback, tls_settings
from ...shared.messaging.signing import RESPONSE_TIME, Signing
from ...shared.runtime.attempts import note_action
from ...shared.values.cards import Card
from ...shared.values.refusal import Refusal
from ...shared.values.web_address import lies_on
from ..domain.vault import ChallengeNeeded, VaultError, VaultUnreachable
from ..domain.vault_messages import (
    Answer,
    BuyerCard,
    BuyerCards,
    LinkingAnswer,
    PaymentAnswer,
    VaultNotification,
)
from ..store import OrderRow

API = "/ams/api/v1"
IN_PROCESS = "PAYMENT_IN_PROCESS"
# An issuer may take two seconds; a page that only shows the cards does not wait so long.
TIMEOUT_SECONDS = 10.0
LIST_TIMEOUT_SECONDS = 1.5

AnswerT = TypeVar("AnswerT", bound=Answer)


@dataclass(frozen=True)
class OwnAddresses:
    """The shop's addresses: for the vault's notifications, and for a buyer's browser."""

    notifications: str
    pages: str


class VaultClient:
    """Speaks to the vault on behalf of the shop.

    Every call raises VaultError, or VaultUnreachable if nothing has reached the vault.
    """

    def __init__(self, http: httpx.Client, signing: Signing, own: OwnAddresses) -> None:
        self._http = http
        self._signing = signing
        self._own = own

    def link(self, request_id: str, phone: str, card: Card) -> str | None:
        """Link a card to the buyer of that phone (C1.5, C3.5); its token, if the answer has it.

        The same ``request_id`` again links nothing more. Raises Refusal with the reason and
        the field of the card form that it belongs beside, and ChallengeNeeded: from it the
        buyer comes back to the shop's ``/linked/<request_id>``.
        """
        body = {
            "vaultingRequestId": request_id,
            "vaultingNotificationUrl": self._own.notifications,
            "redirectUrl": f"{self._own.pages}/linked/{request_id}",
            "merchantRegion": "RU",
            "paymentMethodDetail": {"paymentMethodType": "CARD", "card": _card_fields(card)},
            "buyer": {"phone": phone},
        }
        answer = self._call("/vaults/vaultPaymentMethod", body, LinkingAnswer)
        _check(answer)
        self._check_challenge(answer, request_id)
        return answer.card_token

    def token_of(self, request_id: str) -> str | None:
        """The token of the card that a request has linked, if it has linked one."""
        body = {"vaultingRequestId": request_id}
        return self._call("/vaults/inquireVaulting", body, LinkingAnswer).card_token

    def outcome_of(self, request_id: str) -> str:
        """Find the token of the card that a request has linked.

        Raises ChallengeNeeded while that waits for the buyer, and Refusal if nothing is linked.
        """
        body = {"vaultingRequestId": request_id}
        answer = self._call("/vaults/inquireVaulting", body, LinkingAnswer)
        _check(answer)
        self._check_challenge(answer, request_id)
        if answer.card_token is None or answer.status == "FAIL":
            raise answer.outcome.refusal() if answer.outcome else Refusal("card.refused")
        return answer.card_token

    def _check_challenge(self, answer: LinkingAnswer, request_id: str) -> None:
        """Raises ChallengeNeeded if nothing is linked yet and the buyer has to go elsewhere."""
        url = answer.normal_url
        waits = answer.status == "PROCESSING" and answer.card_token is None
        if waits and url is not None and not lies_on(url, (self._own.pages,)):
            raise ChallengeNeeded(url, request_id)

    def cards(self, phone: str) -> Sequence[BuyerCard]:
        """The cards of the buyer of that phone, as the vault orders them."""
        answer = self._call(
            "/vaults/inquireBuyerCards",
            {"buyer": {"phone": phone}},
            BuyerCards,
            LIST_TIMEOUT_SECONDS,
        )
        if not answer.result.done:
            raise VaultError(f"the list of cards: {answer.result.code}")
        return answer.cards

    def pay(self, order: OrderRow, phone: str, source: str | Card) -> None:
        """Pay an order from a linked card (its token) or from a card typed for it alone.

        The order's uid makes it happen once. Raises Refusal with the issuer's reason, and
        VaultError if the vault answers that it took another amount.
        """
        method: dict[str, Any] = {"paymentMethodType": "CARD"}
        if isinstance(source, Card):
            method["card"] = _card_fields(source)
        else:
            method["paymentMethodId"] = source
        amount = {"currency": order.currency, "value": str(order.total_minor)}
        body = {
            "paymentRequestId": order.uid,
            "buyer": {"phone": phone},
            "paymentAmount": amount,
            "paymentRedirectUrl": f"{self._own.pages}/checkout/{order.checkout_uid}/waiting",
            "paymentMethod": method,
            "order": {
                "referenceOrderId": order.uid,
                "orderDescription": f"Order {order.number}",
                "orderAmount": amount,
            },
        }
        answer = self._call("/payments/pay", body, PaymentAnswer)
        if answer.result.code == IN_PROCESS and answer.normal_url is not None:
            raise ChallengeNeeded(answer.normal_url)
        _check(answer)
        if not answer.is_for(order):
            raise VaultError("another amount was paid than the order's")

    def payment(self, order_uid: str) -> PaymentAnswer:
        """Ask how the payment of an order stands."""
        body = {"paymentRequestId": order_uid}
        return self._call("/payments/inquiryPayment", body, PaymentAnswer)

    def cancel(self, order_uid: str) -> PaymentAnswer:
        """Cancel the payment of an order if it is not made; ask how it stands after that."""
        self._call("/payments/cancel", {"paymentRequestId": order_uid}, Answer)
        return self.payment(order_uid)

    def read_notification(
        self, path: str, headers: Mapping[str, str], body: bytes
    ) -> VaultNotification:
        """Verify and read a notification of the vault.

        Raises Refusal ``notification.forged`` if the vault has not signed it lately, or
        ``notification.unreadable``.
        """
        try:
            self._signing.check(path, headers, body)
        except Refusal as wrong:
            raise Refusal("notification.forged") from wrong
        try:
            return VaultNotification.model_validate_json(body)
        except ValidationError:
            raise Refusal("notification.unreadable") from None

    def _call(
        self,
        path: str,
        content: Mapping[str, Any],
        expected: type[AnswerT],
        timeout: float = TIMEOUT_SECONDS,
    ) -> AnswerT:
        body = json.dumps(content).encode()
        headers = self._signing.headers(API + path, body) | {"Content-Type": "application/json"}
        try:
            answer = self._http.post(API + path, content=body, headers=headers, timeout=timeout)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise VaultUnreachable(f"{path}: {type(error).__name__}") from None
        except httpx.HTTPError as error:
            raise VaultError(f"{path}: {type(error).__name__}") from None
        return self._read(API + path, answer, expected)

    def _read(self, path: str, answer: httpx.Response, expected: type[AnswerT]) -> AnswerT:
        try:
            self._signing.check(path, answer.headers, answer.content, RESPONSE_TIME)
        except Refusal:
            raise VaultError(f"{path}: {answer.status_code}, not signed by the vault") from None
        try:
            return expected.model_validate_json(answer.content)
        except ValidationError:
            # The error itself would repeat the answer.
            raise VaultError(f"{path}: {answer.status_code}, the answer is unreadable") from None


def vault_connection(url: str, transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """The one HTTP client that the shop shares for all its calls to the vault at ``url``."""
    trust_env = not is_loopback(url)
    return httpx.Client(
        base_url=url,
        transport=transport,
        trust_env=trust_env,
        verify=tls_settings(trust_env),
        event_hooks={"request": [note_action]},
    )


def _check(answer: Answer) -> None:
    if answer.result.unknown:
        raise VaultError(f"the vault does not know: {answer.result.code}")
    if not answer.result.done:
        raise answer.result.refusal()


def _card_fields(card: Card) -> dict[str, Any]:
    first, _, last = card.holder.rpartition(" ")
    return {
        "cardNo": card.number,
        "cvv": card.security_code,
        "expiryYear": f"{card.expiry.year % 100:02}",
        "expiryMonth": f"{card.expiry.month:02}",
        "cardholderName": {"firstName": first, "lastName": last},
    }
