"""Sending a notification again: what goes out, how often, and what the log keeps of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from mock_sites.wallet.domain.notification_log import MOST_REPLAYS
from tests.support.notification_log import asked, entry
from tests.support.wallet_fixture import WalletFixture


def test_sending_again_sends_the_same_body_marked_as_a_replay(paid: WalletFixture) -> None:
    paid.deliver()

    answer = asked(paid, "/order-1/replays/r-1", "PUT")
    paid.deliver()

    first, second = paid.outside.notifications
    assert answer.json["next_at"] == paid.clock.now().isoformat()
    assert second.content == first.content
    assert "X-Notification-Replay" not in first.headers
    assert second.headers["X-Notification-Replay"] == "r-1"
    assert [each["replay_id"] for each in entry(paid)["tries"]] == [None, "r-1"]


def test_the_same_replay_is_sent_once(paid: WalletFixture) -> None:
    paid.deliver()
    for _ in range(2):
        assert asked(paid, "/order-1/replays/r-1", "PUT").status_code == 200
        paid.deliver()

    assert len(paid.outside.notifications) == 2
    asked(paid, "/order-1/replays/r-2", "PUT")
    paid.deliver()
    assert len(paid.outside.notifications) == 3


def test_a_notification_is_sent_again_only_so_often(paid: WalletFixture) -> None:
    paid.deliver()
    for number in range(MOST_REPLAYS):
        assert asked(paid, f"/order-1/replays/r-{number}", "PUT").status_code == 200

    more = asked(paid, "/order-1/replays/one-more", "PUT")
    known = asked(paid, "/order-1/replays/r-0", "PUT")

    assert (more.status_code, more.json["errorCode"]) == (409, "api.notification.too.many.replays")
    assert known.status_code == 200


def test_two_replays_that_wait_are_both_sent(paid: WalletFixture) -> None:
    paid.deliver()
    for replay in ("r-1", "r-2"):
        asked(paid, f"/order-1/replays/{replay}", "PUT")

    while paid.deliver() is not None:
        pass

    sent = [each.headers.get("X-Notification-Replay") for each in paid.outside.notifications]
    assert sent == [None, "r-1", "r-2"]


def test_a_replay_that_fails_leaves_an_acknowledged_notification_as_it_is(
    paid: WalletFixture,
) -> None:
    paid.deliver()
    paid.outside.shop_answers = 500
    asked(paid, "/order-1/replays/r-1", "PUT")

    assert paid.deliver() is None
    assert (entry(paid)["outcome"], entry(paid)["next_at"]) == ("acknowledged", None)


def test_a_replay_of_what_waits_goes_at_once_and_the_schedule_goes_on(paid: WalletFixture) -> None:
    paid.outside.shop_answers = 500
    paid.deliver()
    asked(paid, "/order-1/replays/r-1", "PUT")

    assert paid.deliver() == timedelta(seconds=15)
    assert len(paid.outside.notifications) == 2


def test_a_replay_reaches_a_shop_that_was_down_all_day(paid: WalletFixture) -> None:
    paid.outside.shop_answers = 500
    paid.deliver()
    paid.clock.advance(timedelta(hours=25))
    paid.deliver()
    paid.outside.shop_answers = 200

    asked(paid, "/order-1/replays/r-1", "PUT")
    paid.deliver()

    assert entry(paid)["outcome"] == "acknowledged"


def test_a_replay_that_is_asked_for_during_a_try_is_sent_after_it(
    paid: WalletFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    notified = _Telling(lambda: asked(paid, "/order-1/replays/r-1", "PUT"))
    monkeypatch.setattr(paid.outside, "notifications", notified)

    while paid.deliver() is not None:
        pass

    assert [each.headers.get("X-Notification-Replay") for each in notified] == [None, "r-1"]


class _Telling(list[Any]):
    """Requests; something happens while the first one is answered."""

    def __init__(self, happens: Callable[[], object]) -> None:
        super().__init__()
        self._happens = happens

    def append(self, request: Any) -> None:
        super().append(request)
        if len(self) == 1:
            self._happens()


def test_it_goes_to_the_address_that_the_merchant_has_now(paid: WalletFixture) -> None:
    paid.deliver()
    merchant = paid.wallet.merchants.issuer(paid.stack.keys.merchant.site_id)
    assert merchant is not None
    merchant.notification_url = "http://127.0.0.1:2/moved"
    paid.wallet.merchants.register(merchant)

    asked(paid, "/order-1/replays/r-1", "PUT")
    paid.deliver()

    assert [each.url.path for each in paid.outside.notifications][1:] == ["/moved"]
