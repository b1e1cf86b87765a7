"""Signatures of notifications after the published text of Standard Webhooks."""

from __future__ import annotations

from datetime import UTC, datetime

from mock_sites.shared.messaging.standard_webhooks import (
    webhook_headers,
    webhook_secret,
    webhook_signature,
)


def test_the_signature_is_that_of_the_published_example() -> None:
    signed = webhook_signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "1614265330",
        b'{"test": 2432232314}',
    )

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_key_signs_and_the_newest_one_is_first() -> None:
    at, body = datetime(2026, 11, 28, 3, 0, 0, 999_000, tzinfo=UTC), b"{}"

    headers = webhook_headers(["new", "old"], "message", at, body)

    timestamp = str(int(at.timestamp()))
    assert headers["webhook-id"] == "message"
    assert headers["webhook-timestamp"] == timestamp
    assert headers["webhook-signature"].split(" ") == [
        webhook_signature(webhook_secret(key), "message", timestamp, body) for key in ("new", "old")
    ]


def test_the_secret_of_webhooks_does_not_hold_the_key() -> None:
    secret = webhook_secret("a-secret-key-of-a-merchant")

    assert secret.startswith("whsec_")
    assert len(secret) == len("whsec_") + 44
    assert webhook_secret("another") != secret
