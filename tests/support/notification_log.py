"""The log of a merchant's notifications, as the merchant's program reads it."""

from __future__ import annotations

from typing import Any

from tests.support.wallet_fixture import WalletFixture

LOG = "/partner/bill/v1/notifications"


def asked(fixture: WalletFixture, path: str = "", method: str = "GET", key: str = "") -> Any:
    """The answer to a call below the log; without ``key`` the call is the shop's."""
    secret = key or fixture.stack.keys.merchant.secret_key
    headers = {"Authorization": f"Bearer {secret}"}
    return fixture.site.app.test_client().open(LOG + path, method=method, headers=headers)


def entry(fixture: WalletFixture) -> Any:
    """The one notification that the log lists."""
    [found] = asked(fixture).json["notifications"]
    return found
