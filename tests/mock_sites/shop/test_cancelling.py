"""An order to be paid through the wallet is cancelled with its bill, or not at all."""

from __future__ import annotations

import json

import httpx
import pytest

from mock_sites.shared.values.refusal import Refusal
from mock_sites.shop.domain.invoices import Invoices
from mock_sites.shop.store import OrderRow, OrderState
from tests.support.shop_bench import Bench


def now_of(bench: Bench, order: OrderRow) -> OrderRow:
    return bench.shop.orders.find(order.uid)


def test_an_order_is_cancelled_only_with_its_bill(
    bench: Bench, invoices: Invoices, order: OrderRow
) -> None:
    invoices.issue(order)
    bench.wallet.asked()

    invoices.cancel(now_of(bench, order))

    assert bench.wallet.asked() == [f"POST {order.uid}/reject"]
    assert now_of(bench, order).state == OrderState.CANCELLED


def test_before_an_order_without_a_bill_is_cancelled_its_bill_is_issued(
    bench: Bench, invoices: Invoices, order: OrderRow
) -> None:
    invoices.cancel(order)

    assert bench.wallet.asked() == [f"PUT {order.uid}", f"POST {order.uid}/reject"]
    assert now_of(bench, order).state == OrderState.CANCELLED


@pytest.mark.parametrize("stands", ["PAID", "EXPIRED"])
def test_an_order_whose_bill_has_ended_otherwise_is_not_cancelled(
    bench: Bench, invoices: Invoices, order: OrderRow, stands: str
) -> None:
    invoices.issue(order)
    bench.wallet.is_told(order.uid, stands)

    with pytest.raises(Refusal) as refused:
        invoices.cancel(now_of(bench, order))

    assert refused.value.code == "order.not-cancellable"
    assert now_of(bench, order).state == stands


def test_an_order_is_cancelled_later_while_the_wallet_does_not_agree(
    bench: Bench, invoices: Invoices, order: OrderRow, caplog: pytest.LogCaptureFixture
) -> None:
    bench.wallet.error = httpx.ConnectError("nobody there")
    with pytest.raises(Refusal) as unreachable:
        invoices.cancel(order)
    bench.wallet.error = None
    invoices.issue(order)
    bill = bench.wallet.bills[order.uid]
    bench.wallet.error = (200, json.dumps(bill).encode())

    with pytest.raises(Refusal) as undecided:
        invoices.cancel(now_of(bench, order))

    assert unreachable.value.code == undecided.value.code == "order.cancel-later"
    assert f"order {order.uid} could not be cancelled" in caplog.text
    assert now_of(bench, order).state == OrderState.AWAITING_PAYMENT
