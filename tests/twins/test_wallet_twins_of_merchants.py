"""The wallet's twins that serve shops otherwise: the difference, and that shops are served."""

from __future__ import annotations

import json
from typing import Any

from tests.support.wallet_fixture import WalletFixture


def control(wallet: WalletFixture, path: str, body: dict[str, object]) -> Any:
    headers = {"Authorization": f"Bearer {wallet.stack.keys.control_token}"}
    return wallet.site.app.test_client().post(f"/_control/{path}", json=body, headers=headers)


def test_shops_keep_their_first_key(wallet: WalletFixture) -> None:
    shop = wallet.stack.keys.merchant.site_id
    assert control(wallet, f"merchants/{shop}/keys", {"overlap_seconds": 60}).status_code == 404
    added = control(wallet, "merchants", {"name": "Book shop"}).json
    answer = wallet.merchant("PUT", "order-1", wallet.bill(), key=added["secret_key"])
    assert answer.status_code == 200


def test_notifications_have_the_native_signature_alone(wallet: WalletFixture) -> None:
    books = {"name": "Book shop", "notification_url": "http://127.0.0.1:2/books"}
    added = control(wallet, "merchants", {**books, "standard_webhooks": True}).json
    issued = wallet.merchant("PUT", "order-1", wallet.bill(), key=added["secret_key"])
    wallet.pay_bill(wallet.buyer(), json.loads(issued.text)["payUrl"][-36:])
    wallet.deliver()
    [told] = wallet.outside.notifications
    assert json.loads(told.content)["bill"]["siteId"] == added["site_id"]
    assert "X-Api-Signature-SHA256" in told.headers
    assert "webhook-signature" not in told.headers
