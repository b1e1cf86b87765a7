"""Notifications of paid bills to their merchants, as the bill protocol signs them."""

from __future__ import annotations

import json

import httpx

from ...shared.messaging.messages import PATIENCE_SECONDS
from ...shared.messaging.notification_queue import Post
from ...shared.messaging.outgoing import Notifier
from ...shared.messaging.repeats import Reply, reply_to
from ..domain.merchants import Merchants
from ..domain.notifications import signature_of
from ..store import NotificationRow

# Fits no notification.
FORGED = "0" * 64


def notification_post(
    merchants: Merchants,
    transport: httpx.BaseTransport | None = None,
    *,
    needs_body: bool = False,
) -> Post[NotificationRow]:
    """Make the function that sends a notification; ``transport`` replaces the network.

    A merchant acknowledges with HTTP 200, and with ``needs_body`` also with ``{"error": "0"}``.
    """
    notifier = Notifier(PATIENCE_SECONDS, transport)

    def post(notification: NotificationRow, forged: bool) -> Reply:
        """Tell a merchant, signed with the key that it has now; return what it said."""
        signed = FORGED if forged else signature_of(merchants, notification.body)
        headers = {
            "Content-Type": "application/json",
            "X-Api-Signature-SHA256": signed,
        }
        try:
            answer = notifier.post(notification.url, notification.body.encode(), headers)
        except httpx.HTTPError:
            return Reply(False)
        acknowledged = answer.status == 200 and (not needs_body or _says_no_error(answer.body))
        return reply_to(answer.status, answer.retry_after, acknowledged)

    return post


def _says_no_error(body: bytes) -> bool:
    try:
        return str(json.loads(body)["error"]) == "0"
    except (ValueError, KeyError, TypeError):
        return False
