"""Notifications to the shop, as the vault's protocol signs them."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import httpx

from ...shared.messaging.messages import PATIENCE_SECONDS
from ...shared.messaging.notification_queue import Post
from ...shared.messaging.outgoing import Notifier
from ...shared.messaging.repeats import Reply, reply_to
from ...shared.messaging.signing import Signing
from ..store import NotificationRow


def notification_post(
    signing: Signing, transport: httpx.BaseTransport | None = None
) -> Post[NotificationRow]:
    """Make the function that sends a notification; ``transport`` replaces the network."""
    notifier = Notifier(PATIENCE_SECONDS, transport)

    def post(notification: NotificationRow, forged: bool) -> Reply:
        """Tell the shop, signed anew each time; return what it said."""
        body = notification.body.encode()
        signed = b"something else" if forged else body
        headers = signing.headers(urlsplit(notification.url).path, signed)
        headers["Content-Type"] = "application/json"
        try:
            answer = notifier.post(notification.url, body, headers)
        except httpx.HTTPError:
            return Reply(False)
        acknowledged = answer.status == 200 and _says_success(answer.body)
        return reply_to(answer.status, answer.retry_after, acknowledged)

    return post


def _says_success(body: bytes) -> bool:
    try:
        return bool(json.loads(body)["result"]["resultCode"] == "SUCCESS")
    except (ValueError, KeyError, TypeError):
        return False
