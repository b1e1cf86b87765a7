"""Notifications of paid bills to their merchants, as the bill protocol signs them."""

from __future__ import annotations

import httpx

from ...shared.messaging.messages import PATIENCE_SECONDS
from ...shared.messaging.notification_queue import Post
from ...shared.messaging.outgoing import Notifier
from ..domain.merchants import Merchants
from ..domain.notifications import signature_of
from ..store import NotificationRow

# Fits no notification.
FORGED = "0" * 64


def notification_post(
    merchants: Merchants, transport: httpx.BaseTransport | None = None
) -> Post[NotificationRow]:
    """Make the function that sends a notification; ``transport`` replaces the network."""
    notifier = Notifier(PATIENCE_SECONDS, transport)

    def post(notification: NotificationRow, forged: bool) -> bool:
        """Tell a merchant, signed with the key that it has now; whether it acknowledged."""
        signed = FORGED if forged else signature_of(merchants, notification.body)
        headers = {
            "Content-Type": "application/json",
            "X-Api-Signature-SHA256": signed,
        }
        try:
            return (
                notifier.post(notification.url, notification.body.encode(), headers).status == 200
            )
        except httpx.HTTPError:
            return False

    return post
