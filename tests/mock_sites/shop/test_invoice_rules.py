"""When the shop turns to the wallet about an invoice, and what it makes of the answer."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from mock_sites.shop.domain.invoices import Invoices
from mock_sites.shop.store import InvoiceRow, OrderRow, OrderState, PaymentMethod
from tests.support.shop_fixture import ShopFixture

UNREACHABLE = httpx.ConnectError("nobody there")
WAITING, DAY = OrderState.AWAITING_PAYMENT, timedelta(hours=24)


def now_of(fixture: ShopFixture, order: OrderRow) -> OrderRow:
    return fixture.shop.orders.find(order.uid)


def invoice_of(fixture: ShopFixture, order: OrderRow) -> InvoiceRow:
    invoice = now_of(fixture, order).invoice
    assert invoice
    return invoice


def test_an_invoice_that_is_issued_is_asked_about_after_half_a_minute(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow
) -> None:
    invoices.issue(order)

    invoice = invoice_of(fixture, order)
    assert invoice.pay_url == fixture.wallet.bills[order.uid]["payUrl"]
    assert invoice.due_at == fixture.clock.now() + timedelta(seconds=30)
    assert fixture.wallet.asked() == [f"PUT {order.uid}"]


def test_nothing_is_issued_twice_or_for_an_order_without_an_invoice(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow
) -> None:
    invoices.issue(order)
    fixture.wallet.asked()

    invoices.issue(now_of(fixture, order))
    invoices.issue(fixture.place(PaymentMethod.CASH_ON_DELIVERY))

    assert fixture.wallet.asked() == []


def test_whoever_waits_for_the_next_turn_is_told_after_each_call(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow
) -> None:
    told: list[int] = []
    invoices.on_change(lambda: told.append(len(fixture.wallet.requests)))
    fixture.wallet.error = UNREACHABLE
    invoices.issue(order)
    fixture.wallet.error = None

    invoices.issue(order)

    assert told == [1, 2]


@pytest.mark.parametrize(
    ("error", "kept", "logged"),
    [
        (UNREACHABLE, "wallet.unreachable", "PUT {uid}: ConnectError('nobody there')"),
        ((500, b""), "wallet.unreachable", "PUT /partner/bill/v1/bills/{uid}: 500"),
        ((302, b""), "wallet.unreachable", "PUT /partner/bill/v1/bills/{uid}: 302"),
        ((400, b""), "wallet.refused", "PUT /partner/bill/v1/bills/{uid}: 400"),
        ((404, b""), "wallet.refused", "PUT /partner/bill/v1/bills/{uid}: 404"),
        ((200, b"{}"), "wallet.unreachable", "PUT {uid}: the answer is no bill: "),
    ],
)
def test_an_error_of_the_wallet_is_kept_for_the_buyer_and_logged_for_the_site(
    fixture: ShopFixture,
    invoices: Invoices,
    order: OrderRow,
    caplog: pytest.LogCaptureFixture,
    error: Exception | tuple[int, bytes],
    kept: str,
    logged: str,
) -> None:
    fixture.wallet.error = error

    invoices.issue(order)

    assert invoice_of(fixture, order).error == kept
    assert now_of(fixture, order).state == WAITING
    assert logged.format(uid=order.uid) in caplog.text


def test_a_bill_that_does_not_fit_its_order_is_an_error_and_logged(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow, caplog: pytest.LogCaptureFixture
) -> None:
    invoices.issue(order)
    fixture.wallet.bills[order.uid] |= {"siteId": "another-shop", "status": {"value": "PAID"}}
    fixture.clock.advance(timedelta(seconds=30))

    invoices.process_due()

    assert (now_of(fixture, order).state, invoice_of(fixture, order).error) == (
        WAITING,
        "wallet.unreachable",
    )
    assert f"{order.uid}: bill {order.uid} does not fit its order" in caplog.text


def test_the_wait_doubles_with_each_error_and_is_five_minutes_at_most(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow
) -> None:
    fixture.wallet.error = UNREACHABLE

    waits = []
    for _ in range(14):
        invoices.issue(order)
        waits.append((invoice_of(fixture, order).due_at - fixture.clock.now()).total_seconds())

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300, 300]


def test_an_answer_ends_the_error(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow
) -> None:
    fixture.wallet.error = UNREACHABLE
    for _ in range(3):
        invoices.issue(order)
    fixture.wallet.error = None
    fixture.shop.invoices.issue(order)

    invoice = invoice_of(fixture, order)

    assert (invoice.failures, invoice.error) == (0, None)


def test_a_turn_is_taken_when_it_is_due_and_says_when_the_next_one_is(
    fixture: ShopFixture, invoices: Invoices
) -> None:
    assert invoices.process_due() is None
    fixture.place(PaymentMethod.CASH_ON_DELIVERY)
    assert invoices.process_due() is None
    order = fixture.place()

    assert invoices.process_due() == timedelta(seconds=5)
    fixture.clock.advance(timedelta(seconds=4, milliseconds=999))
    assert invoices.process_due() == timedelta(milliseconds=1)
    assert fixture.wallet.asked() == []
    fixture.clock.advance(timedelta(milliseconds=1))
    assert invoices.process_due() == timedelta()
    assert fixture.wallet.asked() == [f"PUT {order.uid}"]
    assert invoices.process_due() == timedelta(seconds=30)


def test_the_invoice_that_is_due_first_has_the_first_turn(
    fixture: ShopFixture, invoices: Invoices
) -> None:
    first = fixture.place()
    fixture.clock.advance(timedelta(seconds=1))
    second = fixture.place()
    invoices.issue(first)
    fixture.wallet.asked()
    fixture.clock.advance(timedelta(minutes=1))

    for _ in range(2):
        assert invoices.process_due() == timedelta()

    assert fixture.wallet.asked() == [f"PUT {second.uid}", f"GET {first.uid}"]


def test_the_time_to_issue_a_bill_ends_when_the_bill_would(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow
) -> None:
    expires_at = invoice_of(fixture, order).expires_at
    fixture.clock.advance(expires_at - fixture.clock.now() - timedelta(microseconds=1))
    fixture.wallet.error = UNREACHABLE
    invoices.issue(order)
    assert fixture.wallet.asked() == [f"PUT {order.uid}"]
    fixture.clock.advance(timedelta(microseconds=1))
    fixture.wallet.error = None

    invoices.issue(order)

    assert fixture.wallet.asked() == [f"GET {order.uid}"]
    assert now_of(fixture, order).state == OrderState.EXPIRED


def test_the_shop_tells_the_wallet_the_moment_that_it_goes_by_itself(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow
) -> None:
    invoices.issue(order)

    told = fixture.wallet.bills[order.uid]["expirationDateTime"]

    assert told == invoice_of(fixture, order).expires_at.isoformat()


def test_a_bill_whose_issue_went_unanswered_is_found_once_its_time_is_over(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow
) -> None:
    fixture.shop.invoices.issue(order)
    fixture.wallet.is_told(order.uid, "PAID")
    fixture.clock.advance(DAY)

    # The order as it was before: the shop has not heard of the bill.
    invoices.issue(order)

    assert now_of(fixture, order).state == OrderState.PAID


def test_an_order_that_was_cancelled_meanwhile_does_not_run_out(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow
) -> None:
    invoices.cancel(order)
    fixture.wallet.bills.clear()
    fixture.clock.advance(DAY)

    invoices.issue(order)

    assert now_of(fixture, order).state == OrderState.CANCELLED


def test_a_notification_leaves_the_link_to_the_bill_as_it_is(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow
) -> None:
    invoices.issue(order)
    link = invoice_of(fixture, order).pay_url
    bill = {**fixture.wallet.bills[order.uid]}
    del bill["payUrl"]

    fixture.notify(bill)

    assert invoice_of(fixture, order).pay_url == link is not None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": {"value": "MAYBE"}}, "notification.unreadable"),
        ({"siteId": "another-shop"}, "notification.not-ours"),
        ({"billId": "no-order"}, "notification.not-ours"),
        ({"amount": {"value": "2380.01", "currency": "RUB"}}, "notification.not-ours"),
        ({"amount": {"value": "2380.00", "currency": "USD"}}, "notification.not-ours"),
    ],
)
def test_a_notification_that_is_not_taken_says_why(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow, change: dict[str, object], code: str
) -> None:
    invoices.issue(order)

    answer = fixture.notify({**fixture.wallet.bills[order.uid], **change})

    assert (answer.status_code, answer.json) == (400, {"error": code})


def test_a_notification_with_a_wrong_signature_is_forged(
    fixture: ShopFixture, invoices: Invoices, order: OrderRow
) -> None:
    invoices.issue(order)

    answer = fixture.notify(fixture.wallet.bills[order.uid], signed="0" * 64)

    assert (answer.status_code, answer.json) == (403, {"error": "notification.forged"})
