"""Notifications to the shop, as the vault's protocol signs them."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import httpx

from ...shared.messaging.messages import PATIENCE_SECONDS
from ...shared.messaging.notification_queue import Post
from ...shared.messaging.outgoing import Notifier
from ...shared.messaging.signing import Signing
from ..store import NotificationRow


def notification_post(
    signing: Signing, transport: httpx.BaseTransport | None = None
) -> Post[NotificationRow]:
    """Make the function that sends a notification; ``transport`` replaces the network."""
    notifier = Notifier(PATIENCE_SECONDS, transport)

    def post(notification: NotificationRow, forged: bool) -> bool:
        """Tell the shop, signed anew each time; whether it acknowledged."""
        body = notification.body.encode()
        signed = b"something else" if forged else body
        headers = signing.headers(urlsplit(notification.url).path, signed)
        headers["Content-Type"] = "application/json"
        try:
            answer = notifier.post(notification.url, body, headers)
            result = json.loads(answer.body)["result"]["resultCode"]
            return answer.status == 200 and bool(result == "SUCCESS")
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return False

    return post
