"""The client of the access control server, on the vault's side.

A card's number passes through on its way there: errors name the call, and nothing that was said.
"""

from __future__ import annotations

from typing import Any

import httpx

from ...shared.messaging.messages import PATIENCE_SECONDS
from ...shared.messaging.outgoing import is_loopback, tls_settings
from ...shared.runtime.attempts import note_action
from ...shared.values.money import Money
from ..domain.access_control import AccessControlError, AuthenticationStatus, Begun

PATH = "/api/authentications"


class AccessControlClient:
    """Asks the access control server at ``url``; ``public_url`` is its address for browsers."""

    def __init__(
        self, url: str, public_url: str, token: str, transport: httpx.BaseTransport | None = None
    ) -> None:
        trust_env = not is_loopback(url)
        self._public_url = public_url
        self._client = httpx.Client(
            transport=transport,
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=PATIENCE_SECONDS,
            trust_env=trust_env,
            verify=tls_settings(trust_env),
            event_hooks={"request": [note_action]},
        )

    def begin(self, uid: str, phone: str, number: str, money: Money, return_url: str) -> Begun:
        """Begin a request under our own id; the same id again is answered as it stands."""
        body = {
            "uid": uid,
            "phone": phone,
            "number": number,
            "amount_minor": money.minor,
            "currency": money.currency,
            "return_url": return_url,
        }
        answer = self._answer("POST", PATH, body)
        return Begun(_status(answer), f"{self._public_url}/challenges/{uid}")

    def status(self, uid: str) -> AuthenticationStatus:
        """Ask how a request stands."""
        return _status(self._answer("GET", f"{PATH}/{uid}"))

    def _answer(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        try:
            answer = self._client.request(method, path, json=body).raise_for_status()
            return answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise AccessControlError(f"{method} {PATH}: {type(error).__name__}") from None


def _status(answer: Any) -> AuthenticationStatus:
    try:
        return AuthenticationStatus(answer["status"])
    except (KeyError, TypeError, ValueError):
        raise AccessControlError(f"{PATH}: the answer is unreadable") from None
