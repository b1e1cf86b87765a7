"""The client of the wallet's bill protocol, on the merchant's side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

import httpx
from pydantic import ValidationError

from ...shared.messaging.outgoing import is_loopback, tls_settings
from ...shared.runtime.attempts import note_action
from ..domain.bills import (
    COMMENT,
    Bill,
    BillRefund,
    BillRefunds,
    BillRefused,
    BillUnknown,
    WalletAnswer,
    WalletError,
)
from ..store import OrderRow

TIMEOUT_SECONDS = 3
BILLS = "/partner/bill/v1/bills/"
AnswerT = TypeVar("AnswerT", bound=WalletAnswer)


class HasSecretKey(Protocol):
    """An object that knows the merchant's newest secret key."""

    @property
    def secret_key(self) -> str:
        """The newest key."""


class BillClient:
    """Speaks the bill protocol to the wallet on behalf of one merchant.

    Every call raises WalletError: the wallet is unreachable, slow (three seconds) or broken;
    BillRefused or BillUnknown if it says no.
    """

    def __init__(self, http: httpx.Client, keys: HasSecretKey) -> None:
        self._http = http
        self._keys = keys

    def issue(self, order: OrderRow) -> Bill:
        """Issue the order's bill (W2.2); the same again changes nothing."""
        if order.invoice is None:
            raise ValueError("only an order that is paid through the wallet has a bill")
        return self.put(
            order.uid,
            {
                "amount": {"currency": order.currency, "value": str(order.total.value)},
                "comment": f"{COMMENT}{order.number}",
                "customer": {"phone": order.phone},
                "expirationDateTime": order.invoice.expires_at.isoformat(timespec="seconds"),
            },
        )

    def put(self, bill_id: str, body: Mapping[str, Any]) -> Bill:
        """Send a bill to the wallet under that id. ``body`` is in the shape of the protocol."""
        return self._send("PUT", bill_id, Bill, body)

    def read(self, bill_id: str) -> Bill:
        """The bill as it stands."""
        return self._send("GET", bill_id, Bill)

    def reject(self, bill_id: str) -> Bill:
        """Cancel a bill that is not paid."""
        return self._send("POST", f"{bill_id}/reject", Bill)

    def refunds(self, bill_id: str) -> list[BillRefund]:
        """List the refunds of a bill, also those not made by this shop.

        The published protocol has no such list: a wallet without it raises BillRefused.
        """
        return self._send("GET", f"{bill_id}/refunds", BillRefunds).refunds

    def _send(
        self, method: str, path: str, answered: type[AnswerT], body: Mapping[str, Any] | None = None
    ) -> AnswerT:
        headers = {"Authorization": f"Bearer {self._keys.secret_key}"}
        try:
            answer = self._http.request(method, BILLS + path, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise WalletError(f"{method} {path}: {error!r}") from error
        _check_status(answer)
        try:
            return answered.model_validate_json(answer.content)
        except ValidationError as error:
            told = f"{method} {path}: the answer is no {answered.noun}: {error}"
            raise WalletError(told) from error


def wallet_connection(url: str, transport: httpx.BaseTransport | None = None) -> httpx.Client:
    """The one HTTP client that the shop shares for all its calls to the wallet at ``url``."""
    trust_env = not is_loopback(url)
    return httpx.Client(
        base_url=url,
        timeout=TIMEOUT_SECONDS,
        transport=transport,
        trust_env=trust_env,
        verify=tls_settings(trust_env),
        event_hooks={"request": [note_action]},
    )


def _check_status(answer: httpx.Response) -> None:
    if answer.is_success:
        return
    told = f"{answer.request.method} {answer.request.url.path}: {answer.status_code}"
    if answer.status_code == httpx.codes.NOT_FOUND:
        raise BillUnknown(told)
    raise BillRefused(told) if answer.is_client_error else WalletError(told)
