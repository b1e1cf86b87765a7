"""Faults that are set on purpose: for whom, how often, and what the sites then do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from mock_sites.shared.runtime.server import ConnectionCut
from tests.support.stack_fixture import StackFixture
from tests.support.wallet_fixture import WalletFixture

OTHER = "+79169999999"


def send(sites: StackFixture, body: dict[str, Any], site: str = "wallet") -> Any:
    """What a site answers to a fault, whatever it answers."""
    headers = {"Authorization": f"Bearer {sites.stack.keys.control_token}"}
    client = sites.sites[site].app.test_client()
    return client.post("/_control/faults", json=body, headers=headers)


@pytest.mark.parametrize(
    "body",
    [
        {"place": "request", "kind": "down"},
        {"place": "request", "kind": "slow", "phone": OTHER},
        {"place": "nowhere", "kind": "lost", "phone": OTHER},
    ],
)
def test_a_fault_for_everybody_or_without_sense_is_refused(
    sites: StackFixture, body: dict[str, Any]
) -> None:
    answer = send(sites, body)

    assert answer.status_code == 422
    assert answer.json["details"]
    assert sites.control("wallet", "GET", "/faults") == []


def test_a_fault_is_listed_with_its_count_and_removed(sites: StackFixture) -> None:
    body = {"place": "session", "kind": "gone", "phone": OTHER, "times": 3}

    fault = sites.control("shop", "POST", "/faults", body)

    assert (fault["left"], fault["struck"]) == (3, 0)
    assert sites.control("shop", "GET", "/faults") == [fault]
    assert sites.control("wallet", "GET", "/faults") == []
    sites.control("shop", "DELETE", f"/faults/{fault['id']}")
    assert sites.control("shop", "GET", "/faults") == []


def test_a_fault_strikes_its_own_buyer_and_nobody_else(sites: StackFixture) -> None:
    one, other = (person.phone for person in sites.stack.keys.people)
    body = {"place": "message", "kind": "lost", "phone": one}
    sites.control("phone", "POST", "/faults", body)

    for phone in (other, one, one):
        deliver(sites, phone)

    assert len(messages(sites, other)) == 1
    assert len(messages(sites, one)) == 1


def deliver(sites: StackFixture, phone: str, text: str = "hello") -> None:
    """Send a message as the sites do."""
    headers = {"Authorization": f"Bearer {sites.stack.keys.phone_token}"}
    message = {"to": phone, "sender": "QIWI", "text": text}
    client = sites.sites["phone"].app.test_client()
    assert client.post("/api/messages", json=message, headers=headers).status_code == 201


def messages(sites: StackFixture, phone: str) -> list[str]:
    """What has arrived, oldest first."""
    found = sites.control("phone", "GET", f"/messages?phone=%2B{phone[1:]}")
    return [message["text"] for message in found]


def test_messages_arrive_late_twice_and_in_another_order(sites: StackFixture) -> None:
    phone = sites.stack.keys.people[0].phone
    for kind in ("late", "twice", "out-of-order"):
        body = {"place": "message", "kind": kind, "phone": phone, "seconds": 60.0}
        sites.control("phone", "POST", "/faults", body)

    for text in ("late", "twice", "overtaken", "overtaking"):
        deliver(sites, phone, text)

    assert messages(sites, phone) == ["twice", "twice", "overtaking", "overtaken"]
    sites.clock.advance(timedelta(seconds=60))
    assert messages(sites, phone)[-1] == "late"


def set_request_fault(fixture: WalletFixture, **fault: Any) -> None:
    """Have a request of the merchant go wrong."""
    headers = {"Authorization": f"Bearer {fixture.stack.keys.control_token}"}
    body = {"place": "request", **fault}
    answer = fixture.site.app.test_client().post("/_control/faults", json=body, headers=headers)
    assert answer.status_code == 201


def test_a_merchant_is_struck_by_its_number_and_so_often(wallet: WalletFixture) -> None:
    merchant = wallet.stack.keys.merchant.site_id
    set_request_fault(wallet, kind="broken", merchant=merchant, times=2)

    statuses = [wallet.merchant("PUT", "order-1", wallet.bill()).status_code for _ in range(3)]

    assert statuses == [500, 500, 200]
    assert wallet.merchant("GET", "order-1", key="another").status_code == 401


def test_a_path_is_struck_whoever_asks(wallet: WalletFixture) -> None:
    wallet.issue("order-1")
    set_request_fault(wallet, kind="broken", path="/partner/bill/v1/bills/order-1")

    assert wallet.merchant("GET", "order-2").status_code == 404
    assert wallet.merchant("GET", "order-1").status_code == 500
    assert wallet.merchant("GET", "order-1").status_code == 200


def test_a_buyer_is_known_behind_the_id_of_a_bill(wallet: WalletFixture) -> None:
    wallet.issue("order-1")
    set_request_fault(wallet, kind="broken", phone=wallet.phone())

    assert wallet.merchant("GET", "order-2").status_code == 404
    assert wallet.merchant("GET", "order-1").status_code == 500


def test_a_connection_is_cut_before_or_after_the_work(wallet: WalletFixture) -> None:
    for kind, bills in (("down", 0), ("cut-off", 1)):
        set_request_fault(wallet, kind=kind, phone=wallet.phone())
        with pytest.raises(ConnectionCut):
            wallet.merchant("PUT", "order-1", wallet.bill())
        assert wallet.rows("SELECT count(*) FROM bills") == [(bills,)]


def test_half_an_answer_says_the_length_of_the_whole(wallet: WalletFixture) -> None:
    wallet.issue("order-1")
    whole = wallet.merchant("GET", "order-1").data
    set_request_fault(wallet, kind="half-a-body", phone=wallet.phone())

    answer = wallet.merchant("GET", "order-1")
    parts = iter(answer.response)

    assert next(parts) == whole[: len(whole) // 2]
    assert answer.headers["Content-Length"] == str(len(whole))
    with pytest.raises(ConnectionCut):
        next(parts)


def break_notification(wallet: WalletFixture, **fault: Any) -> None:
    """Have the next notification go wrong."""
    headers = {"Authorization": f"Bearer {wallet.stack.keys.control_token}"}
    body = {"place": "notification", **fault}
    wallet.site.app.test_client().post("/_control/faults", json=body, headers=headers)


def test_a_late_notification_does_not_come_before_its_time(wallet: WalletFixture) -> None:
    break_notification(wallet, kind="late", phone=wallet.phone(), seconds=100.0)
    wallet.pay_bill(wallet.buyer(), wallet.issue())

    wallet.deliver()
    wallet.clock.advance(timedelta(seconds=99))
    due_in = wallet.deliver()
    too_early = len(wallet.outside.notifications)
    wallet.clock.advance(timedelta(seconds=1))
    wallet.deliver()

    assert (due_in, too_early) == (timedelta(seconds=1), 0)
    assert len(wallet.outside.notifications) == 1


def test_notifications_go_wrong_in_each_way_and_arrive_in_the_end(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    for kind in ("lost", "late", "wrong-signature", "twice"):
        break_notification(wallet, kind=kind, phone=wallet.phone(), seconds=100.0)
    wallet.pay_bill(buyer, wallet.issue())
    wallet.outside.shop_answers = 403

    told = []
    for seconds in (0, 5, 100, 15):
        wallet.clock.advance(timedelta(seconds=seconds))
        wallet.deliver()
        told.append([signed_rightly(request) for request in wallet.outside.notifications])
        wallet.outside.notifications.clear()

    assert told == [[], [], [False], [True, True]]


def signed_rightly(request: httpx.Request) -> bool:
    """Whether a notification carries a signature at all."""
    return request.headers["X-Api-Signature-SHA256"] != "0" * 64


def test_an_overtaken_notification_follows_the_one_that_overtook_it(wallet: WalletFixture) -> None:
    buyer, merchant = wallet.buyer(), wallet.stack.keys.merchant.site_id
    break_notification(wallet, kind="out-of-order", merchant=merchant)
    for bill in ("order-1", "order-2"):
        wallet.pay_bill(buyer, wallet.issue(bill))
        wallet.deliver()

    wallet.deliver()

    bodies = [request.content.decode() for request in wallet.outside.notifications]
    assert ["order-1" in body for body in bodies] == [False, True]
