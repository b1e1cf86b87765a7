"""How the wallet tells a merchant that its bill was paid."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
from datetime import timedelta

import pytest

from mock_sites.wallet.domain.notifications import signature
from tests.support.wallet_fixture import WalletFixture


def test_the_signature_is_that_of_the_published_example() -> None:
    bill = {
        "siteId": "test",
        "billId": "test_bill",
        "amount": {"value": "1.00", "currency": "RUB"},
        "status": {"value": "PAID"},
    }

    expected = "07e0ebb10916d97760c196034105d010607a6c6b7d72bfa1c3451448ac484a3b"
    assert signature("test-merchant-secret-for-signature-check", bill) == expected


def test_a_paid_bill_is_told_to_its_merchant_signed(paid: WalletFixture) -> None:
    paid.deliver()

    (request,) = paid.outside.notifications
    body = json.loads(request.content)
    bill = paid.merchant("GET", "order-1").json
    assert bill is not None
    assert str(request.url) == "http://127.0.0.1:2/notifications/qiwi"
    assert body["version"] == "1"
    assert body["bill"] == {name: bill[name] for name in bill if name != "payUrl"}
    key = paid.stack.keys.merchant.secret_key.encode()
    text = f"RUB|200.34|order-1|{paid.stack.keys.merchant.site_id}|PAID"
    signed = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    assert request.headers["X-Api-Signature-SHA256"] == signed


def test_nobody_is_told_of_a_bill_that_is_not_paid(fixture: WalletFixture) -> None:
    fixture.issue()
    fixture.merchant("POST", "order-1/reject")

    fixture.deliver()

    assert fixture.outside.notifications == []


def test_an_acknowledged_notification_is_not_repeated(paid: WalletFixture) -> None:
    paid.deliver()
    paid.clock.advance(timedelta(hours=30))
    paid.deliver()

    assert len(paid.outside.notifications) == 1


@pytest.mark.parametrize("answer", [500, 404, 302, 201])
def test_what_is_not_acknowledged_is_repeated_at_growing_intervals_for_a_day(
    paid: WalletFixture, answer: int
) -> None:
    paid.outside.shop_answers = answer
    start, told_at = paid.clock.now(), []
    due_in = paid.deliver()
    while due_in is not None:
        told_at.append((paid.clock.now() - start).total_seconds())
        assert len(paid.outside.notifications) == len(told_at)
        paid.clock.advance(due_in)
        due_in = paid.deliver()

    intervals = [later - earlier for earlier, later in itertools.pairwise(told_at)]
    assert len(told_at) > 10
    # The clock also runs by itself between two tries, a moment each time.
    assert all(later >= earlier - 1 for earlier, later in itertools.pairwise(intervals))
    assert intervals[-1] > 50 * intervals[0]
    assert timedelta(hours=22) < timedelta(seconds=told_at[-1]) <= timedelta(hours=24)


def test_the_last_try_may_be_at_the_very_end_of_the_day(paid: WalletFixture) -> None:
    paid.outside.shop_answers = 500
    start = paid.clock.now()
    for _ in range(6):
        paid.clock.advance(paid.deliver() or timedelta())
    paid.clock.advance(start + timedelta(hours=23) - paid.clock.now())

    assert paid.deliver() == timedelta(hours=1)


def test_what_was_due_first_is_told_first(paid: WalletFixture) -> None:
    paid.outside.shop_answers = 500
    paid.deliver()
    paid.clock.advance(timedelta(seconds=2))
    paid.pay_bill(paid.buyer(), paid.issue("order-2"))
    paid.outside.notifications.clear()
    paid.clock.advance(timedelta(seconds=10))

    paid.deliver()

    told = [json.loads(request.content) for request in paid.outside.notifications]
    assert [body["bill"]["billId"] for body in told] == ["order-2", "order-1"]


def test_the_worker_knows_how_long_to_wait(paid: WalletFixture) -> None:
    paid.outside.shop_answers = 500

    due_in = paid.deliver()

    assert due_in is not None
    assert due_in == timedelta(seconds=5)


def test_a_merchant_that_comes_back_is_told(paid: WalletFixture) -> None:
    paid.outside.shop_answers = 500
    paid.deliver()
    paid.outside.shop_answers = 200
    paid.clock.advance(timedelta(seconds=6))

    paid.deliver()

    assert len(paid.outside.notifications) == 2
    assert paid.rows("SELECT due_at FROM deliveries") == [(None,)]


def test_what_is_pending_is_signed_with_the_key_that_the_merchant_has_by_then(
    paid: WalletFixture,
) -> None:
    keys = paid.stack.keys.merchant
    merchant = paid.wallet.merchants.issuer(keys.site_id)
    assert merchant is not None
    merchant.secret_key = "another key"
    paid.wallet.merchants.register(merchant)

    paid.deliver()

    request = paid.outside.notifications[-1]
    bill = json.loads(request.content)["bill"]
    assert request.headers["X-Api-Signature-SHA256"] == signature("another key", bill)
    assert signature("another key", bill) != signature(keys.secret_key, bill)
