"""A card vault for a test: it answers the merchant protocol from memory, and signs what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import httpx

from mock_sites.shared.messaging.signing import RESPONSE_TIME, Signing
from mock_sites.shared.runtime.keys import VaultKeys

API = "/ams/api/v1"
SUCCESS = {"resultCode": "SUCCESS", "resultStatus": "S", "resultMessage": "success"}
BRANDS = {"4": "Visa", "5": "Mastercard", "3": "American Express", "2": "Mir"}

# Comes between a question and its answer: the answer to give, or an exception to raise.
Interference = Callable[[str], httpx.Response | None]


def refused(code: str, status: str = "F") -> dict[str, str]:
    """A result that says no."""
    return {"resultCode": code, "resultStatus": status, "resultMessage": code.lower()}


@dataclass
class FakeVault:
    """Every buyer's cards, what was paid from them, and what it is told to answer.

    ``says_no`` refuses the next request for a card, linked or paid; ``after`` comes once the
    question was taken in, as when an answer is lost on its way; ``before`` instead of that.
    """

    keys: VaultKeys
    cards: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    linkings: dict[str, dict[str, Any]] = field(default_factory=dict)
    payments: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    says_no: dict[str, str] | None = None
    # Whether the answer to a linking has the card's token, which can be asked for as well.
    answers_with_token: bool = True
    before: Interference | None = None
    after: Interference | None = None

    @cached_property
    def signing(self) -> Signing:
        """The vault's side of the correspondence."""
        keys = self.keys
        return Signing(keys.client_id, keys.vault.private_key, keys.shop.public_key)

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix(API)
        if self.before is not None and (answer := self.before(path)) is not None:
            return answer
        self.signing.check(request.url.path, request.headers, request.content)
        asked = json.loads(request.content)
        self.asked.append((path, asked))
        said = self._say(path, asked)
        if self.after is not None and (answer := self.after(path)) is not None:
            return answer
        return self.signed(request.url.path, said)

    def signed(self, path: str, said: Any) -> httpx.Response:
        """An answer as the vault gives it."""
        body = json.dumps(said).encode()
        return httpx.Response(
            200, content=body, headers=self.signing.headers(path, body, RESPONSE_TIME)
        )

    def link(self, phone: str, number: str, **facts: Any) -> str:
        """Have a card linked in the vault itself; its token."""
        mine = self.cards.setdefault(phone, [])
        card = {
            "cardToken": f"token-{phone}-{number[-4:]}",
            "maskedCardNo": f"{number[:6]}******{number[-4:]}",
            "brand": BRANDS[number[0]],
            "expiryMonth": 9,
            "expiryYear": 2040,
            "cardholderName": {"firstName": "ANNA", "lastName": "PETROVA"},
            "main": not mine,
            "status": "SUCCESS",
            **facts,
        }
        mine.append(card)
        return str(card["cardToken"])

    def times_paid(self) -> int:
        """How often money has moved."""
        return sum(payment["result"] == SUCCESS for payment in self.payments.values())

    def asked_for(self, path: str) -> list[dict[str, Any]]:
        """The requests that came to a path."""
        return [asked for where, asked in self.asked if where == path]

    def _say(self, path: str, asked: dict[str, Any]) -> dict[str, Any]:
        if path == "/vaults/inquireBuyerCards":
            return {"result": SUCCESS, "cards": self.cards.get(asked["buyer"]["phone"], [])}
        if path == "/vaults/vaultPaymentMethod":
            linked = self.linkings.setdefault(asked["vaultingRequestId"], self._vault(asked))
            told = self.answers_with_token
            return linked if told else {"result": linked["result"]}
        if path == "/vaults/inquireVaulting":
            return self.linkings.get(asked["vaultingRequestId"], {"result": refused("NOT_EXIST")})
        uid = asked["paymentRequestId"]
        if path == "/payments/cancel":
            return self._cancel(uid)
        if path == "/payments/pay":
            result = self.says_no or SUCCESS
            return self.payments.setdefault(uid, {"result": result, "paymentId": f"paid-{uid}"})
        if uid not in self.payments:
            return {"result": refused("ORDER_NOT_EXIST")}
        payment = self.payments[uid]
        made = "SUCCESS" if payment["result"] == SUCCESS else "FAIL"
        return {"result": SUCCESS, "paymentStatus": payment.get("cancelled", made)}

    def _cancel(self, uid: str) -> dict[str, Any]:
        nothing = {"result": refused("ORDER_IS_CANCELED"), "cancelled": "CANCELLED"}
        made = self.payments.setdefault(uid, nothing)["result"] == SUCCESS
        return {"result": refused("ORDER_STATUS_INVALID") if made else SUCCESS}

    def _vault(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked["vaultingRequestId"] in self.linkings:
            return {}
        if self.says_no is not None:
            return {"result": self.says_no}
        card = asked["paymentMethodDetail"]["card"]
        token = self.link(asked["buyer"]["phone"], card["cardNo"], status="PENDING")
        detail = {"paymentMethodType": "CARD", "card": {"cardToken": token}}
        return {"result": SUCCESS, "vaultingStatus": "PENDING", "paymentMethodDetail": detail}


def lost(path: str) -> None:
    """The answer to a question about a payment is lost."""
    if path.startswith("/payments"):
        raise httpx.ReadTimeout("the answer is lost")


def unreachable(_path: str) -> None:
    """No question reaches the vault."""
    raise httpx.ConnectError("nobody is there")
