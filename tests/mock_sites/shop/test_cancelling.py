"""An order to be paid through the wallet is cancelled with its bill, or not at all."""

from __future__ import annotations

import json

import httpx
import pytest

from mock_sites.shared.values.refusal import Refusal
from mock_sites.shop.domain.invoices import Invoices
from mock_sites.shop.store import OrderRow, OrderState
from tests.support.shop_fixture import ShopFixture


def now_of(fixture: ShopFixture, order: OrderRow) -> OrderRow:
    return fixture.shop.orders.find(order.uid)


def test_an_order_is_cancelled_only_with_its_bill(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow
) -> None:
    invoices.issue(order)
    fixture.wallet.asked()

    invoices.cancel(now_of(fixture, order))

    assert fixture.wallet.asked() == [f"POST {order.uid}/reject"]
    assert now_of(fixture, order).state == OrderState.CANCELLED


def test_before_an_order_without_a_bill_is_cancelled_its_bill_is_issued(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow
) -> None:
    invoices.cancel(order)

    assert fixture.wallet.asked() == [f"PUT {order.uid}", f"POST {order.uid}/reject"]
    assert now_of(fixture, order).state == OrderState.CANCELLED


@pytest.mark.parametrize("stands", ["PAID", "EXPIRED"])
def test_an_order_whose_bill_has_ended_otherwise_is_not_cancelled(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow, stands: str
) -> None:
    invoices.issue(order)
    fixture.wallet.is_told(order.uid, stands)

    with pytest.raises(Refusal) as refused:
        invoices.cancel(now_of(fixture, order))

    assert refused.value.code == "order.not-cancellable"
    assert now_of(fixture, order).state == stands


def test_an_order_is_cancelled_later_while_the_wallet_does_not_agree(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow, caplog: pytest.LogCaptureFixture
) -> None:
    fixture.wallet.error = httpx.ConnectError("nobody there")
    with pytest.raises(Refusal) as unreachable:
        invoices.cancel(order)
    fixture.wallet.error = None
    invoices.issue(order)
    bill = fixture.wallet.bills[order.uid]
    fixture.wallet.error = (200, json.dumps(bill).encode())

    with pytest.raises(Refusal) as undecided:
        invoices.cancel(now_of(fixture, order))

    assert unreachable.value.code == undecided.value.code == "order.cancel-later"
    assert f"order {order.uid} could not be cancelled" in caplog.text
    assert now_of(fixture, order).state == OrderState.AWAITING_PAYMENT
