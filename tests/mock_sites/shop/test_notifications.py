"""What the shop makes of the wallet's notifications."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from mock_sites.shop.store import OrderState, PaymentRow
from tests.support.shop_bench import Bench


@pytest.fixture
def paid(bench: Bench) -> dict[str, Any]:
    """The bill of a new order, which the wallet has been paid for."""
    order = bench.customer().order()
    bench.wallet.is_told(order, "PAID")
    return deepcopy(bench.wallet.bills[order])


def facts(bench: Bench, bill: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = bench.control("GET", f"/orders/{bill['billId']}")
    return found


def test_a_signed_notification_makes_the_order_paid(bench: Bench, paid: dict[str, Any]) -> None:
    answer = bench.notify(paid)

    assert (answer.status_code, answer.json) == (200, {"error": "0"})
    assert facts(bench, paid) == {
        "uid": paid["billId"],
        "means": "QIWI_WALLET",
        "state": "PAID",
        "total_minor": 238_000,
        "currency": "RUB",
    }


def test_the_same_notification_again_is_thanked_for_and_changes_nothing(
    bench: Bench, paid: dict[str, Any]
) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: bench.notify(paid), range(8)))

    assert [answer.json for answer in answers] == [{"error": "0"}] * 8
    assert facts(bench, paid)["state"] == "PAID"


def test_an_amount_written_as_a_number_is_understood(bench: Bench, paid: dict[str, Any]) -> None:
    paid["amount"]["value"] = 2380.0

    assert bench.notify(paid).status_code == 200
    assert facts(bench, paid)["state"] == "PAID"


@pytest.mark.parametrize("signed", ["", "0" * 64, "ключ", None])
def test_a_wrong_signature_is_refused_and_changes_nothing(
    bench: Bench, paid: dict[str, Any], signed: str | None
) -> None:
    forged = bench.sign(paid | {"billId": "another"}) if signed is None else signed

    answer = bench.notify(paid, signed=forged.encode().decode("latin-1"))

    assert answer.status_code == 403
    assert facts(bench, paid)["state"] == "AWAITING_PAYMENT"


@pytest.mark.parametrize(
    "change",
    [
        {"amount": {"value": "2379.99", "currency": "RUB"}},
        {"amount": {"value": "2380.01", "currency": "RUB"}},
        {"amount": {"value": "2380.00", "currency": "USD"}},
        {"siteId": "another-shop"},
        {"billId": "no-order-of-this-shop"},
    ],
    ids=str,
)
def test_a_signed_notification_about_something_else_is_refused(
    bench: Bench, paid: dict[str, Any], change: dict[str, Any]
) -> None:
    answer = bench.notify({**paid, **change})

    assert answer.status_code == 400
    assert facts(bench, paid)["state"] == "AWAITING_PAYMENT"


def test_one_orders_notification_pays_no_other(bench: Bench, paid: dict[str, Any]) -> None:
    other = bench.customer(1).order()

    bench.notify(paid)

    assert bench.control("GET", f"/orders/{other}")["state"] == "AWAITING_PAYMENT"


def test_an_order_without_an_invoice_is_not_paid_by_a_notification(bench: Bench) -> None:
    order = bench.customer().order(payment="cash")
    bill = {
        "siteId": bench.wallet.site_id,
        "billId": order,
        "amount": {"value": "2380.00", "currency": "RUB"},
        "status": {"value": "PAID"},
    }

    assert bench.notify(bill).status_code == 400
    assert facts(bench, bill)["state"] == "PAY_ON_DELIVERY"


@pytest.mark.parametrize("state", [OrderState.CANCELLED, OrderState.EXPIRED])
def test_money_that_comes_late_still_counts(
    bench: Bench, paid: dict[str, Any], state: OrderState
) -> None:
    given_up = {OrderState.CANCELLED: "REJECTED", OrderState.EXPIRED: "EXPIRED"}[state]
    bench.notify(paid | {"status": {"value": given_up}})
    assert facts(bench, paid)["state"] == state

    bench.notify(paid)

    assert facts(bench, paid)["state"] == "PAID"


@pytest.mark.parametrize("status", ["WAITING", "REJECTED", "EXPIRED"])
def test_paid_is_final_whatever_is_heard_later(
    bench: Bench, paid: dict[str, Any], status: str
) -> None:
    bench.notify(paid)

    answer = bench.notify(paid | {"status": {"value": status}})

    assert answer.status_code == 200
    assert facts(bench, paid)["state"] == "PAID"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"bill": {}, "version": "1"}',
        b"\xff\xfe",
        b'{"bill": {"siteId": "s", "billId": "b", "version": "1", "status": {"value": "PAID"},'
        b' "amount": {"value": 1e400, "currency": "RUB"}}, "version": "1"}',
        b'{"bill": {"siteId": "s", "billId": "b", "status": {"value": "MAYBE"},'
        b' "amount": {"value": "1.00", "currency": "RUB"}}, "version": "1"}',
    ],
)
def test_a_body_that_is_no_notification_is_refused(bench: Bench, body: bytes) -> None:
    answer = bench.stranger().client.post("/notifications/qiwi", data=body)

    assert answer.status_code == 400


def test_the_database_itself_holds_one_payment_an_order(bench: Bench, paid: dict[str, Any]) -> None:
    bench.notify(paid)
    number = bench.shop.orders.find(paid["billId"]).number

    with pytest.raises(IntegrityError), bench.site.database.transaction() as session:
        session.add(PaymentRow(order_number=number, paid_at=bench.clock.now()))
