"""Signatures of notifications after Standard Webhooks (symmetric, ``v1``).

The specification: https://github.com/standard-webhooks/standard-webhooks
"""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
PREFIX = "whsec_"
# Fits no notification.
FORGED_SIGNATURE = f"v1,{b64encode(bytes(32)).decode()}"
PURPOSE = b"standard-webhooks"


def webhook_secret(secret_key: str) -> str:
    """The secret that receivers verify with, made from a merchant's key: ``whsec_…``.

    It is another secret than the key, so that a receiver can know it without the key.
    """
    derived = hmac.digest(secret_key.encode(), PURPOSE, "sha256")
    return PREFIX + b64encode(derived).decode()


def webhook_headers(
    secret_keys: Sequence[str], message_id: str, at: datetime, body: bytes
) -> dict[str, str]:
    """The three headers of a notification, with a signature for each key, in their order.

    ``message_id`` is the same for every try of the notification; ``at`` is when it is sent.
    """
    timestamp = str(int(at.timestamp()))
    signatures = (
        webhook_signature(webhook_secret(key), message_id, timestamp, body) for key in secret_keys
    )
    return {ID: message_id, TIMESTAMP: timestamp, SIGNATURE: " ".join(signatures)}


def webhook_signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """One signature: ``v1,`` and the HMAC-SHA256 of id, time and body in base64."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    key = b64decode(secret.removeprefix(PREFIX))
    return f"v1,{b64encode(hmac.digest(key, signed, 'sha256')).decode()}"
