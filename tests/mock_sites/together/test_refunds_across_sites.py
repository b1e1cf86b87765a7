"""A refund through the bill protocol, with the shop's key, as its buyer sees it on both sites."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.shop_fixture import ADDRESS, BY_WALLET, words
from tests.support.stack_fixture import StackFixture, stack_fixture
from tests.support.visitor import TOKEN, Visitor


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[StackFixture]:
    with stack_fixture(tmp_path) as whole:
        yield whole


def signed_in(whole: StackFixture, site: str) -> Visitor:
    visitor, person = whole.visitor(site), whole.stack.keys.people[0]
    visitor.sign_in(person.phone, person.password)
    return visitor


def order(shop: Visitor) -> str:
    """Order a pair of slippers of 1190 roubles; the order's uid."""
    shop.send("/products/slippers", quantity="1")
    checkout = shop.send("/cart", ticked="slippers").request.path
    return shop.send(checkout, **ADDRESS, **BY_WALLET).request.path.rpartition("/")[2]


def pay(whole: StackFixture, wallet: Visitor) -> None:
    """Pay the one invoice."""
    phone = whole.stack.keys.people[0].phone
    uid = wallet.open("/invoices").text.split('href="/invoices/')[1].split('"')[0]
    page = wallet.send(f"/invoices/{uid}/pay?means=qw")
    [message] = whole.control("phone", "GET", f"/messages?phone=%2B{phone[1:]}")
    token = TOKEN.search(page.text)
    assert token
    form = {"csrf_token": token[1], "code": message["text"].split()[1]}
    assert wallet.client.post(page.request.path, data=form).status_code == 303
    whole.work()


def refund(whole: StackFixture, bill_id: str, refund_id: str, value: str) -> Any:
    """Give back with the shop's key, past the shop."""
    key = whole.stack.keys.merchant.secret_key
    answer = (
        whole.sites["wallet"]
        .app.test_client()
        .put(
            f"/partner/bill/v1/bills/{bill_id}/refunds/{refund_id}",
            json={"amount": {"currency": "RUB", "value": value}},
            headers={"Authorization": f"Bearer {key}"},
        )
    )
    assert answer.status_code == 200


def pages(shop: Visitor, wallet: Visitor, uid: str) -> list[str]:
    """Everywhere that a buyer looks, in words."""
    receipt = wallet.open("/history").text.split('/receipt"')[0].rpartition('href="')[2]
    invoices = wallet.open("/invoices").text
    looked_at = [
        wallet.open("/history").text,
        wallet.open(f"{receipt}/receipt").text,
        invoices,
        shop.open(f"/orders/{uid}").text,
        shop.open("/orders").text,
    ]
    return [words(page) for page in looked_at]


def test_partial_refunds_and_then_the_rest_are_seen_on_every_page(whole: StackFixture) -> None:
    shop, wallet = signed_in(whole, "shop"), signed_in(whole, "wallet")
    uid = order(shop)
    pay(whole, wallet)
    before = pages(shop, wallet, uid)

    refund(whole, uid, "by-hand-1", "190.00")
    after_one = pages(shop, wallet, uid)
    refund(whole, uid, "by-hand-2", "0.01")
    after_two = pages(shop, wallet, uid)
    refund(whole, uid, "by-hand-3", "999.99")
    at_last = pages(shop, wallet, uid)

    assert not any("efund" in page for page in before)
    assert all("RUB 190.00" in page for page in after_one)
    assert all("Partly refunded" in page for page in after_one[1:])
    assert [("Paid after refunds RUB 1,000.00" in page) for page in after_one] == [0, 1, 0, 1, 0]
    assert all("Partly refunded" in page for page in after_two[1:])
    assert [("Paid after refunds RUB 999.99" in page) for page in after_two] == [0, 1, 0, 1, 0]
    assert all(" Refunded " in page and "Partly" not in page for page in at_last[1:])
    assert at_last[0].count("Refund: ") == 3
    assert whole.control("shop", "GET", "/books")["discrepancies"] == []
