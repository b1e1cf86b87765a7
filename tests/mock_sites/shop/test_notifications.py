"""What the shop makes of the wallet's notifications."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from mock_sites.shop.store import OrderState, PaymentRow
from tests.support.shop_fixture import ShopFixture


@pytest.fixture
def paid(fixture: ShopFixture) -> dict[str, Any]:
    """The bill of a new order, which the wallet has been paid for."""
    order = fixture.customer().order()
    fixture.wallet.is_told(order, "PAID")
    return deepcopy(fixture.wallet.bills[order])


def facts(fixture: ShopFixture, bill: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = fixture.control("GET", f"/orders/{bill['billId']}")
    return found


def test_a_signed_notification_makes_the_order_paid(
    fixture: ShopFixture, paid: dict[str, Any]
) -> None:
    answer = fixture.notify(paid)

    assert (answer.status_code, answer.json) == (200, {"error": "0"})
    assert facts(fixture, paid) == {
        "uid": paid["billId"],
        "means": "QIWI_WALLET",
        "state": "PAID",
        "total_minor": 238_000,
        "currency": "RUB",
    }


def test_the_same_notification_again_is_thanked_for_and_changes_nothing(
    fixture: ShopFixture, paid: dict[str, Any]
) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: fixture.notify(paid), range(8)))

    assert [answer.json for answer in answers] == [{"error": "0"}] * 8
    assert facts(fixture, paid)["state"] == "PAID"


def test_an_amount_written_as_a_number_is_understood(
    fixture: ShopFixture, paid: dict[str, Any]
) -> None:
    paid["amount"]["value"] = 2380.0

    assert fixture.notify(paid).status_code == 200
    assert facts(fixture, paid)["state"] == "PAID"


@pytest.mark.parametrize("signed", ["", "0" * 64, "ключ", None])
def test_a_wrong_signature_is_refused_and_changes_nothing(
    fixture: ShopFixture, paid: dict[str, Any], signed: str | None
) -> None:
    forged = fixture.sign(paid | {"billId": "another"}) if signed is None else signed

    answer = fixture.notify(paid, signed=forged.encode().decode("latin-1"))

    assert answer.status_code == 403
    assert facts(fixture, paid)["state"] == "AWAITING_PAYMENT"


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
    fixture: ShopFixture, paid: dict[str, Any], change: dict[str, Any]
) -> None:
    answer = fixture.notify({**paid, **change})

    assert answer.status_code == 400
    assert facts(fixture, paid)["state"] == "AWAITING_PAYMENT"


def test_one_orders_notification_pays_no_other(fixture: ShopFixture, paid: dict[str, Any]) -> None:
    other = fixture.customer(1).order()

    fixture.notify(paid)

    assert fixture.control("GET", f"/orders/{other}")["state"] == "AWAITING_PAYMENT"


def test_an_order_without_an_invoice_is_not_paid_by_a_notification(fixture: ShopFixture) -> None:
    order = fixture.customer().order(payment="cash")
    bill = {
        "siteId": fixture.wallet.site_id,
        "billId": order,
        "amount": {"value": "2380.00", "currency": "RUB"},
        "status": {"value": "PAID"},
    }

    assert fixture.notify(bill).status_code == 400
    assert facts(fixture, bill)["state"] == "PAY_ON_DELIVERY"


@pytest.mark.parametrize("state", [OrderState.CANCELLED, OrderState.EXPIRED])
def test_money_that_comes_late_still_counts(
    fixture: ShopFixture, paid: dict[str, Any], state: OrderState
) -> None:
    given_up = {OrderState.CANCELLED: "REJECTED", OrderState.EXPIRED: "EXPIRED"}[state]
    fixture.notify(paid | {"status": {"value": given_up}})
    assert facts(fixture, paid)["state"] == state

    fixture.notify(paid)

    assert facts(fixture, paid)["state"] == "PAID"


@pytest.mark.parametrize("status", ["WAITING", "REJECTED", "EXPIRED"])
def test_paid_is_final_whatever_is_heard_later(
    fixture: ShopFixture, paid: dict[str, Any], status: str
) -> None:
    fixture.notify(paid)

    answer = fixture.notify(paid | {"status": {"value": status}})

    assert answer.status_code == 200
    assert facts(fixture, paid)["state"] == "PAID"


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
def test_a_body_that_is_no_notification_is_refused(fixture: ShopFixture, body: bytes) -> None:
    answer = fixture.stranger().client.post("/notifications/qiwi", data=body)

    assert answer.status_code == 400


def test_the_database_itself_holds_one_payment_an_order(
    fixture: ShopFixture, paid: dict[str, Any]
) -> None:
    fixture.notify(paid)
    number = fixture.shop.orders.find(paid["billId"]).number

    with pytest.raises(IntegrityError), fixture.site.database.transaction() as session:
        session.add(PaymentRow(order_number=number, paid_at=fixture.clock.now()))
