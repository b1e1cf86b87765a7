"""Messages that the sites send to a buyer's phone."""

from __future__ import annotations

import logging

import httpx

from ..runtime.attempts import note_action
from .outgoing import is_loopback, tls_settings

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 3.0


class MessageLine:
    """The way to the phone: one client, kept open."""

    def __init__(
        self, phone_url: str, token: str, transport: httpx.BaseTransport | None = None
    ) -> None:
        trust_env = not is_loopback(phone_url)
        self._client = httpx.Client(
            transport=transport,
            base_url=phone_url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=PATIENCE_SECONDS,
            trust_env=trust_env,
            verify=tls_settings(trust_env),
            event_hooks={"request": [note_action]},
        )

    def send(self, to: str, sender: str, text: str) -> bool:
        """Whether the phone of number ``to`` (E.164) has taken the message."""
        try:
            message = {"to": to, "sender": sender, "text": text}
            self._client.post("/api/messages", json=message).raise_for_status()
        except httpx.HTTPError as error:
            # The text holds a code, so only the kind of the failure is told.
            log.warning("a message to the phone was not taken: %s", type(error).__name__)
            return False
        return True

    def close(self) -> None:
        """Close the connection."""
        self._client.close()
