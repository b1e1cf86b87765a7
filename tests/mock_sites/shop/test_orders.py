"""The pages of a customer's orders, and cancelling one."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from mock_sites.shop.store import OrderState
from tests.support.shop_bench import TOKEN, Bench, Customer, words


def cancel(customer: Customer, order: str) -> str:
    return customer.send(f"/orders/{order}/cancel", page=f"/orders/{order}")


def test_the_order_leads_to_its_invoice_and_from_there_back(
    bench: Bench, customer: Customer
) -> None:
    order = customer.order()

    page = customer.open(f"/orders/{order}").replace("&amp;", "&")

    link = re.search(r'href="(http://wallet[^"]+)"', page)
    assert link
    assert link[1].startswith(bench.wallet.bills[order]["payUrl"] + "&successUrl=")
    assert parse_qs(urlsplit(link[1]).query)["successUrl"] == [
        f"http://shop.localhost:2/orders/{order}"
    ]
    assert "An invoice was issued to the wallet of +7 916 000-00-01 ." in words(page)


def test_orders_are_listed_the_newest_first(customer: Customer) -> None:
    first, second = customer.order("teapot"), customer.order("honey")

    listed = re.findall(r'href="/orders/([^"]+)"', customer.open("/orders"))

    assert listed == [second, first]


@pytest.mark.parametrize("part", ["", "/state"])
def test_anothers_order_cannot_be_read(bench: Bench, customer: Customer, part: str) -> None:
    order = customer.order()

    assert bench.customer(1).client.get(f"/orders/{order}{part}").status_code == 404


@pytest.mark.parametrize("deed", ["cancel", "invoice"])
def test_nothing_can_be_done_to_anothers_order(bench: Bench, customer: Customer, deed: str) -> None:
    order = customer.order()
    asked = len(bench.wallet.requests)

    answer = bench.customer(1).send_to(f"/orders/{order}/{deed}", page="/products/honey")

    assert answer.status_code == 404
    assert len(bench.wallet.requests) == asked
    assert bench.shop.orders.find(order).state == OrderState.AWAITING_PAYMENT


def test_the_part_that_follows_the_state_is_steady_and_holds_no_token(
    bench: Bench, customer: Customer
) -> None:
    order = customer.order()

    part = customer.open(f"/orders/{order}/state")

    assert part in customer.open(f"/orders/{order}")
    assert not TOKEN.search(part)
    bench.wallet.is_told(order, "PAID")
    bench.notify(bench.wallet.bills[order])
    assert "Status Paid" in words(customer.open(f"/orders/{order}/state"))


def test_an_order_is_cancelled_with_its_bill(bench: Bench, customer: Customer) -> None:
    order = customer.order()

    page = cancel(customer, order)

    assert "The order is cancelled." in words(page)
    assert "Cancel order" not in words(page)
    assert bench.wallet.bills[order]["status"]["value"] == "REJECTED"
    assert bench.shop.orders.find(order).state == OrderState.CANCELLED


def test_an_order_is_not_cancelled_while_the_wallet_cannot_be_asked(
    bench: Bench, customer: Customer
) -> None:
    order = customer.order()
    bench.wallet.trouble = httpx.ConnectError("nobody there")

    page = cancel(customer, order)

    assert "it is not known yet whether the order is cancelled" in words(page)
    assert bench.shop.orders.find(order).state == OrderState.AWAITING_PAYMENT


def test_an_order_that_was_paid_meanwhile_is_not_cancelled(
    bench: Bench, customer: Customer
) -> None:
    order = customer.order()
    bench.wallet.is_told(order, "PAID")

    page = cancel(customer, order)

    assert "This order can no longer be cancelled." in words(page)
    assert bench.shop.orders.find(order).state == OrderState.PAID


def test_cancelling_an_order_without_a_bill_shuts_out_a_late_one(
    bench: Bench, customer: Customer
) -> None:
    bench.wallet.trouble = httpx.ReadTimeout("slow")
    order = customer.order()
    bench.wallet.trouble = None

    cancel(customer, order)

    assert bench.wallet.bills[order]["status"]["value"] == "REJECTED"
    assert bench.shop.orders.find(order).state == OrderState.CANCELLED


def test_an_order_to_be_paid_on_delivery_is_cancelled_without_the_wallet(
    bench: Bench, customer: Customer
) -> None:
    order = customer.order(payment="cash")

    cancel(customer, order)
    page = cancel(customer, order)

    assert "Status Cancelled" in words(page)
    assert bench.wallet.requests == []
