"""The shop's invoices in the wallet: issued, issued again, and asked about."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from time import monotonic, sleep

import httpx
import pytest

from mock_sites.shop.store import OrderState
from tests.support.shop_fixture import ShopFixture, words

UNREACHABLE = httpx.ConnectError("nobody there")
ERRORS = [
    UNREACHABLE,
    httpx.ReadTimeout("slow"),
    (500, b"broken"),
    (200, b"no bill"),
    (200, b"{}"),
    (401, b"{}"),
    (400, b"{}"),
]


def state_of(fixture: ShopFixture, order: str) -> OrderState:
    return fixture.shop.orders.find(order).state


def turn(fixture: ShopFixture, after: float) -> timedelta | None:
    """Let that many seconds pass, and the worker have its turn."""
    fixture.clock.advance(timedelta(seconds=after))
    return fixture.shop.invoices.process_due()


def test_the_bill_is_asked_for_as_the_protocol_says(fixture: ShopFixture) -> None:
    order = fixture.customer().order("gingerbread", 3, phone="8 (916) 765-43-21")

    (request,) = fixture.wallet.requests
    body = json.loads(request.content)
    due = datetime.fromisoformat(body.pop("expirationDateTime"))
    assert request.method == "PUT"
    assert request.url.path == f"/partner/bill/v1/bills/{order}"
    assert request.headers["Authorization"] == f"Bearer {fixture.stack.keys.merchant.secret_key}"
    assert body == {
        "amount": {"currency": "RUB", "value": "736.50"},
        "customer": {"phone": "+79167654321"},
        "comment": "№ 1",
    }
    assert abs(due - fixture.clock.now() - timedelta(hours=24)) < timedelta(minutes=1)


@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_an_error_of_the_wallet_is_told_and_loses_nothing(
    fixture: ShopFixture, error: Exception | tuple[int, bytes]
) -> None:
    customer = fixture.customer()
    fixture.wallet.error = error

    order = customer.order()

    page = words(customer.open(f"/orders/{order}"))
    assert "Your order is saved" in page
    assert "Open the wallet" not in page
    assert state_of(fixture, order) == OrderState.AWAITING_PAYMENT


def test_the_worker_issues_what_could_not_be_issued_with_the_same_words(
    fixture: ShopFixture,
) -> None:
    fixture.wallet.error = UNREACHABLE
    customer = fixture.customer()
    order = customer.order()
    fixture.wallet.error = None

    turn(fixture, after=3600)

    first, second = fixture.wallet.requests
    assert first.content == second.content
    assert "Open the wallet" in words(customer.open(f"/orders/{order}"))


def test_try_again_issues_the_invoice(fixture: ShopFixture) -> None:
    fixture.wallet.error = UNREACHABLE
    customer = fixture.customer()
    order = customer.order()
    assert "Try again" in words(customer.open(f"/orders/{order}"))
    fixture.wallet.error = None

    page = customer.send(f"/orders/{order}/invoice", page=f"/orders/{order}")

    assert "Open the wallet" in words(page)


def test_try_again_leaves_an_issued_invoice_alone(fixture: ShopFixture) -> None:
    customer = fixture.customer()
    order = customer.order()

    customer.send(f"/orders/{order}/invoice", page=f"/orders/{order}")

    assert len(fixture.wallet.requests) == 1


def test_the_worker_waits_longer_each_time_the_wallet_is_away(fixture: ShopFixture) -> None:
    fixture.wallet.error = UNREACHABLE
    fixture.customer().order()

    waits = []
    for _ in range(12):
        turn(fixture, after=300)
        waits.append(fixture.shop.invoices.process_due())

    seconds = [wait.total_seconds() for wait in waits if wait is not None]
    assert seconds == pytest.approx([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300], abs=1.5)


def test_a_payment_whose_notification_was_lost_is_found_out(fixture: ShopFixture) -> None:
    order = fixture.customer().order()
    fixture.wallet.is_told(order, "PAID")

    turn(fixture, after=20)
    assert state_of(fixture, order) == OrderState.AWAITING_PAYMENT
    turn(fixture, after=11)
    assert state_of(fixture, order) == OrderState.PAID


@pytest.mark.parametrize(
    ("status", "state", "words_of_it"),
    [
        ("REJECTED", OrderState.CANCELLED, "Cancelled"),
        ("EXPIRED", OrderState.EXPIRED, "Payment expired"),
    ],
)
def test_a_bill_that_came_to_nothing_is_found_out(
    fixture: ShopFixture, status: str, state: OrderState, words_of_it: str
) -> None:
    customer = fixture.customer()
    order = customer.order()
    fixture.wallet.is_told(order, status)

    turn(fixture, after=31)

    assert state_of(fixture, order) == state
    assert f"Status {words_of_it}" in words(customer.open(f"/orders/{order}"))


def test_the_wallet_is_asked_about_each_waiting_order_and_no_other(fixture: ShopFixture) -> None:
    customer = fixture.customer()
    waiting = {customer.order("teapot"), customer.order("honey")}
    paid = customer.order("lamp")
    fixture.wallet.is_told(paid, "PAID")
    fixture.notify(fixture.wallet.bills[paid])
    fixture.wallet.requests.clear()

    turn(fixture, after=31)
    turn(fixture, after=0)
    turn(fixture, after=0)

    assert {request.url.path.rpartition("/")[2] for request in fixture.wallet.requests} == waiting


def test_an_answer_for_another_amount_is_not_believed(fixture: ShopFixture) -> None:
    order = fixture.customer().order()
    fixture.wallet.is_told(order, "PAID")
    fixture.wallet.bills[order]["amount"] = {"currency": "RUB", "value": "1.00"}

    turn(fixture, after=31)

    assert state_of(fixture, order) == OrderState.AWAITING_PAYMENT


def test_an_invoice_that_could_not_be_issued_in_its_time_ends_the_order(
    fixture: ShopFixture,
) -> None:
    fixture.wallet.error = UNREACHABLE
    order = fixture.customer().order()
    fixture.wallet.error = None

    turn(fixture, after=24 * 3600)

    assert state_of(fixture, order) == OrderState.EXPIRED
    assert fixture.wallet.bills == {}


def test_a_bill_the_wallet_lost_is_issued_anew(fixture: ShopFixture) -> None:
    order = fixture.customer().order()
    fixture.wallet.bills.clear()

    turn(fixture, after=31)

    assert order in fixture.wallet.bills
    assert state_of(fixture, order) == OrderState.AWAITING_PAYMENT


def test_a_pay_url_that_is_no_web_address_never_becomes_a_link(fixture: ShopFixture) -> None:
    fixture.wallet.error = UNREACHABLE
    customer = fixture.customer()
    order = customer.order()
    bill = json.dumps(
        {
            "siteId": fixture.wallet.site_id,
            "billId": order,
            "amount": {"currency": "RUB", "value": "2380.00"},
            "status": {"value": "WAITING"},
            "payUrl": "javascript:alert(1)",
        }
    )
    fixture.wallet.error = (200, bill.encode())

    turn(fixture, after=60)

    assert "javascript:" not in customer.open(f"/orders/{order}")


def test_the_served_shop_finds_out_by_itself_when_the_clock_moves(fixture: ShopFixture) -> None:
    order = fixture.customer().order()
    fixture.wallet.is_told(order, "PAID")
    fixture.site.workers[0].start()

    fixture.clock.advance(timedelta(seconds=31))

    give_up = monotonic() + 20
    while state_of(fixture, order) != OrderState.PAID and monotonic() < give_up:
        sleep(0.01)
    assert state_of(fixture, order) == OrderState.PAID
