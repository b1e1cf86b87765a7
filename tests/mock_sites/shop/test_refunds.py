"""What the shop tells its customer of a refund, which the wallet never tells the shop of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import httpx
import pytest

from tests.support.shop_fixture import Customer, ShopFixture, words

PRICE = "1190.00"


@pytest.fixture
def paid(fixture: ShopFixture, customer: Customer) -> str:
    """The uid of an order of slippers that is paid with the wallet."""
    uid = customer.order("slippers")
    fixture.wallet.is_told(uid, "PAID")
    fixture.notify({**fixture.wallet.bills[uid], "payUrl": None})
    return uid


def give_back(fixture: ShopFixture, uid: str, *values: str, currency: str = "RUB") -> None:
    """Refunds, one a day, that somebody makes with the shop's key."""
    made = [refund(day, value, currency) for day, value in enumerate(values, 1)]
    fixture.wallet.refunds[uid] = made


def refund(day: int, value: str, currency: str = "RUB") -> dict[str, Any]:
    return {
        "refundId": f"r-{day}",
        "amount": {"value": value, "currency": currency},
        "dateTime": f"2026-10-{day:02}T12:00:00.000+03:00",
        "status": "PARTIAL",
    }


def seen(customer: Customer, uid: str) -> tuple[str, str]:
    """The order's own page, and the list of orders."""
    return words(customer.open(f"/orders/{uid}")), words(customer.open("/orders"))


@pytest.mark.parametrize(
    ("values", "state", "total", "remains"),
    [
        ((PRICE,), "Refunded", "RUB 1,190.00", "RUB 0.00"),
        (("190.00",), "Partly refunded", "RUB 190.00", "RUB 1,000.00"),
        (("190.00", "0.01"), "Partly refunded", "RUB 190.01", "RUB 999.99"),
        (("190.00", "999.99", "0.01"), "Refunded", "RUB 1,190.00", "RUB 0.00"),
    ],
)
def test_an_order_says_what_was_given_back_when_and_what_remains(
    fixture: ShopFixture,
    customer: Customer,
    paid: str,
    values: tuple[str, ...],
    state: str,
    total: str,
    remains: str,
) -> None:
    give_back(fixture, paid, *values)

    order, listed = seen(customer, paid)

    assert f"Status {state} " in order
    assert f"Paid after refunds {remains}" in order
    for day, value in enumerate(values, 1):
        assert f"Refund RUB {Decimal(value):,}, Oct {day}, 2026" in order
    assert f" {state} {total} refunded" in listed


def test_each_refund_is_kept_once(fixture: ShopFixture, customer: Customer, paid: str) -> None:
    give_back(fixture, paid, "190.00")
    seen(customer, paid)
    give_back(fixture, paid, "190.00", "10.00")

    order, _ = seen(customer, paid)

    assert order.count("Refund RUB") == 2
    assert "Paid after refunds RUB 990.00" in order


def test_the_list_alone_learns_of_a_refund_too(
    fixture: ShopFixture, customer: Customer, paid: str
) -> None:
    give_back(fixture, paid, PRICE)

    assert " Refunded RUB 1,190.00 refunded" in words(customer.open("/orders"))


@pytest.mark.parametrize(
    "error", [httpx.ReadTimeout("no answer"), (500, b"{}"), (200, b'{"half'), (404, b"{}")]
)
def test_what_is_known_of_refunds_stays_while_the_wallet_fails(
    fixture: ShopFixture, customer: Customer, paid: str, error: Any
) -> None:
    give_back(fixture, paid, "190.00")
    seen(customer, paid)
    fixture.wallet.error = error

    order, listed = seen(customer, paid)

    assert "Paid after refunds RUB 1,000.00" in order
    assert "Partly refunded" in listed


def test_a_wallet_without_a_list_of_refunds_changes_nothing(
    fixture: ShopFixture, customer: Customer, paid: str
) -> None:
    fixture.wallet.error = (405, b"{}")

    order, listed = seen(customer, paid)

    assert "Status Paid" in order
    assert " Paid " in listed


@pytest.mark.parametrize(
    ("value", "currency"), [("1190.01", "RUB"), ("1.00", "KZT"), ("0.00", "RUB")]
)
def test_a_refund_that_does_not_fit_its_order_is_not_believed(
    fixture: ShopFixture, customer: Customer, paid: str, value: str, currency: str
) -> None:
    give_back(fixture, paid, value, currency=currency)

    order, _ = seen(customer, paid)

    assert "Status Paid" in order
    assert "efund" not in order


def test_the_wallet_is_asked_only_about_orders_of_which_something_can_be_given_back(
    fixture: ShopFixture, customer: Customer, paid: str
) -> None:
    customer.order("lamp")
    fixture.wallet.asked()
    seen(customer, paid)
    asked = fixture.wallet.asked()
    give_back(fixture, paid, PRICE)
    seen(customer, paid)
    fixture.wallet.asked()
    seen(customer, paid)

    assert asked == [f"GET {paid}/refunds"] * 2
    assert fixture.wallet.asked() == []
