"""What the wallet tells the shop: sent again, and signed with a new key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.mock_sites.together.test_refunds_across_sites import order, pay, signed_in
from tests.support.stack_fixture import StackFixture, stack_fixture

LOG = "/partner/bill/v1/notifications"
HOUR = 3600


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[StackFixture]:
    with stack_fixture(tmp_path) as whole:
        yield whole


def at_wallet(whole: StackFixture, method: str, path: str, key: str | None = None) -> Any:
    headers = {"Authorization": f"Bearer {key or whole.stack.keys.merchant.secret_key}"}
    client = whole.sites["wallet"].app.test_client()
    return client.open(LOG + path, method=method, headers=headers)


def state(whole: StackFixture, uid: str) -> str:
    return str(whole.control("shop", "GET", f"/orders/{uid}")["state"])


def rotate(whole: StackFixture) -> str:
    """Give the shop a new key, first at the wallet and then at the shop."""
    site_id = whole.stack.keys.merchant.site_id
    path, overlap = f"/merchants/{site_id}/keys", {"overlap_seconds": HOUR}
    key = str(whole.control("wallet", "POST", path, overlap)["secret_key"])
    whole.control("shop", "POST", "/wallet-keys", {"secret_key": key, **overlap})
    return key


def test_sent_again_it_changes_no_order_twice(whole: StackFixture) -> None:
    shop, wallet = signed_in(whole, "shop"), signed_in(whole, "wallet")
    uid = order(shop)
    pay(whole, wallet)

    for replay in ("r-1", "r-2"):
        assert at_wallet(whole, "PUT", f"/{uid}/replays/{replay}").status_code == 200
        whole.work()

    [told] = at_wallet(whole, "GET", "").json["notifications"]
    assert [(each["status"], each["replay_id"]) for each in told["tries"]] == [
        (200, None),
        (200, "r-1"),
        (200, "r-2"),
    ]
    assert state(whole, uid) == "PAID"
    assert whole.control("shop", "GET", "/books")["discrepancies"] == []


def test_calls_and_notifications_go_on_with_a_new_key(whole: StackFixture) -> None:
    shop, wallet = signed_in(whole, "shop"), signed_in(whole, "wallet")
    before = order(shop)
    key = rotate(whole)

    pay(whole, wallet)
    [told] = at_wallet(whole, "GET", "", key).json["notifications"]
    whole.advance(HOUR)
    after = order(shop)

    assert [each["status"] for each in told["tries"]] == [200]
    assert state(whole, before) == "PAID"
    assert at_wallet(whole, "GET", "").status_code == 401
    bills = whole.control("wallet", "GET", f"/bills?bill_id={after}")
    assert [bill["status"] for bill in bills] == ["WAITING"]


def test_a_notification_with_the_new_key_is_repeated_until_the_shop_knows_it(
    whole: StackFixture,
) -> None:
    shop, wallet = signed_in(whole, "shop"), signed_in(whole, "wallet")
    uid = order(shop)
    site_id = whole.stack.keys.merchant.site_id
    overlap = {"overlap_seconds": HOUR}
    path = f"/merchants/{site_id}/keys"
    key = whole.control("wallet", "POST", path, overlap)["secret_key"]

    pay(whole, wallet)
    [told] = at_wallet(whole, "GET", "").json["notifications"]
    whole.control("shop", "POST", "/wallet-keys", {"secret_key": key, **overlap})
    whole.advance(5)
    [later] = at_wallet(whole, "GET", "").json["notifications"]

    assert [each["status"] for each in told["tries"]] == [403]
    assert [each["status"] for each in later["tries"]] == [403, 200]
    assert state(whole, uid) == "PAID"
