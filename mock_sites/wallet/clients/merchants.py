"""Notifications of paid bills to their merchants, as the bill protocol signs them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import perf_counter
from urllib.parse import quote

import httpx

from ...shared.messaging.messages import PATIENCE_SECONDS
from ...shared.messaging.notification_queue import Post
from ...shared.messaging.outgoing import Notifier
from ...shared.messaging.repeats import GROWING, QUARTERS_AND_HOURS, Reply, Schedule, reply_to
from ...shared.messaging.standard_webhooks import FORGED_SIGNATURE, SIGNATURE, webhook_headers
from ..domain import notifications
from ..domain.merchants import Merchants
from ..domain.notifications import bill_in, merchant_of
from ..notification_store import NotificationRow
from ..store import MerchantRow

# Fits no notification.
FORGED = "0" * 64
# Tells a receiver that its merchant asked for this notification again: the id of the replay.
REPLAY = "X-Notification-Replay"


def schedule_of(merchant: MerchantRow | None) -> Schedule:
    """When a merchant is told again: after the one of the provider's two texts that it follows."""
    return QUARTERS_AND_HOURS if _follows_quarters(merchant) else GROWING


def notification_post(
    merchants: Merchants, transport: httpx.BaseTransport | None = None
) -> Post[NotificationRow]:
    """Make the function that sends a notification; ``transport`` replaces the network.

    A merchant acknowledges with HTTP 200, and after ``quarters-and-hours`` also with
    ``{"error": "0"}``.
    """
    notifier = Notifier(PATIENCE_SECONDS, transport)

    def post(notification: NotificationRow, forged: bool) -> Reply:
        """Tell a merchant, signed with the key that it has now; return what it said."""
        merchant = merchants.issuer(merchant_of(notification))
        if merchant is None:
            return Reply(False, gone=True)
        headers = _signed(notification, merchant, merchants.accepted_keys(merchant))
        if forged:
            headers |= {name: text for name, text in FORGED_HEADERS.items() if name in headers}
        begun = perf_counter()
        try:
            answer = notifier.post(notification.url, notification.body.encode(), headers)
        except httpx.HTTPError as error:
            reply = Reply(False, failure=_failure(error))
        else:
            needs_body = _follows_quarters(merchant)
            acknowledged = answer.status == 200 and (not needs_body or _says_no_error(answer.body))
            reply = reply_to(answer.status, answer.retry_after, acknowledged)
        return replace(reply, took=timedelta(seconds=perf_counter() - begun))

    return post


NATIVE = "X-Api-Signature-SHA256"
FORGED_HEADERS = {NATIVE: FORGED, SIGNATURE: FORGED_SIGNATURE}


def _signed(
    notification: NotificationRow, merchant: MerchantRow, keys: list[str]
) -> dict[str, str]:
    """The headers: the native signature of the newest key; if wanted, those of all keys too."""
    headers = {
        "Content-Type": "application/json",
        NATIVE: notifications.signature(keys[0], bill_in(notification)),
    }
    if merchant.settings is not None and merchant.settings.standard_webhooks:
        # The receiver compares the time with its own clock, which no test control moves.
        now = datetime.now(UTC)
        headers |= webhook_headers(keys, notification.bill_uid, now, notification.body.encode())
    if notification.replay is not None:
        headers[REPLAY] = quote(notification.replay.replay_id)
    return headers


def _follows_quarters(merchant: MerchantRow | None) -> bool:
    settings = None if merchant is None else merchant.settings
    return settings is not None and settings.notification_schedule == "quarters-and-hours"


def _failure(error: httpx.HTTPError) -> str:
    """The word for why there is no answer."""
    if isinstance(error, httpx.TimeoutException):
        return "timeout"
    return "unreachable" if isinstance(error, httpx.ConnectError) else "broken"


def _says_no_error(body: bytes) -> bool:
    try:
        return str(json.loads(body)["error"]) == "0"
    except (ValueError, KeyError, TypeError):
        return False
