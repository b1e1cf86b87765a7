"""The pages of a customer's orders, and cancelling one."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from mock_sites.shop.store import OrderState
from tests.support.shop_fixture import TOKEN, Customer, ShopFixture, words


def cancel(customer: Customer, order: str) -> str:
    return customer.send(f"/orders/{order}/cancel", page=f"/orders/{order}")


def test_the_order_leads_to_its_invoice_and_from_there_back(
    fixture: ShopFixture, customer: Customer
) -> None:
    order = customer.order()

    page = customer.open(f"/orders/{order}").replace("&amp;", "&")

    link = re.search(r'href="(http://wallet[^"]+)"', page)
    assert link
    assert link[1].startswith(fixture.wallet.bills[order]["payUrl"] + "&successUrl=")
    assert parse_qs(urlsplit(link[1]).query)["successUrl"] == [
        f"http://shop.localhost:2/orders/{order}"
    ]
    assert "An invoice was issued to the wallet of +7 916 000-00-01 ." in words(page)


def test_orders_are_listed_the_newest_first(customer: Customer) -> None:
    first, second = customer.order("teapot"), customer.order("honey")

    listed = re.findall(r'href="/orders/([^"]+)"', customer.open("/orders"))

    assert listed == [second, first]


@pytest.mark.parametrize("part", ["", "/state"])
def test_anothers_order_cannot_be_read(fixture: ShopFixture, customer: Customer, part: str) -> None:
    order = customer.order()

    assert fixture.customer(1).client.get(f"/orders/{order}{part}").status_code == 404


@pytest.mark.parametrize("deed", ["cancel", "invoice"])
def test_nothing_can_be_done_to_anothers_order(
    fixture: ShopFixture, customer: Customer, deed: str
) -> None:
    order = customer.order()
    asked = len(fixture.wallet.requests)

    answer = fixture.customer(1).send_to(f"/orders/{order}/{deed}", page="/products/honey")

    assert answer.status_code == 404
    assert len(fixture.wallet.requests) == asked
    assert fixture.shop.orders.find(order).state == OrderState.AWAITING_PAYMENT


def test_the_part_that_follows_the_state_is_steady_and_holds_no_token(
    fixture: ShopFixture, customer: Customer
) -> None:
    order = customer.order()

    part = customer.open(f"/orders/{order}/state")

    assert part in customer.open(f"/orders/{order}")
    assert not TOKEN.search(part)
    fixture.wallet.is_told(order, "PAID")
    fixture.notify(fixture.wallet.bills[order])
    assert "Status Paid" in words(customer.open(f"/orders/{order}/state"))


def test_an_order_is_cancelled_with_its_bill(fixture: ShopFixture, customer: Customer) -> None:
    order = customer.order()

    page = cancel(customer, order)

    assert "The order is cancelled." in words(page)
    assert "Cancel order" not in words(page)
    assert fixture.wallet.bills[order]["status"]["value"] == "REJECTED"
    assert fixture.shop.orders.find(order).state == OrderState.CANCELLED


def test_an_order_is_not_cancelled_while_the_wallet_cannot_be_asked(
    fixture: ShopFixture, customer: Customer
) -> None:
    order = customer.order()
    fixture.wallet.error = httpx.ConnectError("nobody there")

    page = cancel(customer, order)

    assert "it is not known yet whether the order is cancelled" in words(page)
    assert fixture.shop.orders.find(order).state == OrderState.AWAITING_PAYMENT


def test_an_order_that_was_paid_meanwhile_is_not_cancelled(
    fixture: ShopFixture, customer: Customer
) -> None:
    order = customer.order()
    fixture.wallet.is_told(order, "PAID")

    page = cancel(customer, order)

    assert "This order can no longer be cancelled." in words(page)
    assert fixture.shop.orders.find(order).state == OrderState.PAID


def test_cancelling_an_order_without_a_bill_shuts_out_a_late_one(
    fixture: ShopFixture, customer: Customer
) -> None:
    fixture.wallet.error = httpx.ReadTimeout("slow")
    order = customer.order()
    fixture.wallet.error = None

    cancel(customer, order)

    assert fixture.wallet.bills[order]["status"]["value"] == "REJECTED"
    assert fixture.shop.orders.find(order).state == OrderState.CANCELLED


def test_an_order_to_be_paid_on_delivery_is_cancelled_without_the_wallet(
    fixture: ShopFixture, customer: Customer
) -> None:
    order = customer.order(payment="cash")

    cancel(customer, order)
    page = cancel(customer, order)

    assert "Status Cancelled" in words(page)
    assert fixture.wallet.requests == []
