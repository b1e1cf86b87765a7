"""What the shop finds out about a payment by card that the vault left without an answer."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from mock_sites.shared.values.refusal import NotFound
from mock_sites.shop.domain.card_payments import CardPayments
from mock_sites.shop.store import OrderRow, OrderState, PaymentMethod
from tests.support.fake_vault import API, SUCCESS, lost, refused, unreachable
from tests.support.shop_bench import Bench

INQUIRE = "/payments/inquiryPayment"
CANCEL = "/payments/cancel"
HALF_A_MINUTE = timedelta(seconds=30)
PAYING, PAID = OrderState.PAYING, OrderState.PAID


@pytest.fixture
def unanswered(bench: Bench) -> OrderRow:
    """An order that was paid at the vault, whose answer is lost."""
    bench.vault.after = lost
    order = bench.pay(bench.begin("teapot", quantity=2))
    bench.vault.after = None
    return order


@pytest.fixture
def declined(bench: Bench) -> OrderRow:
    """An order that the vault refused to pay, whose answer is lost."""
    bench.vault.after, bench.vault.says_no = lost, refused("CARD_DECLINED")
    order = bench.pay(bench.begin("teapot", "honey", quantity=2))
    bench.vault.after = bench.vault.says_no = None
    return order


@pytest.fixture
def never_arrived(bench: Bench) -> OrderRow:
    """An order whose payment was asked for, and the vault has not heard of it."""
    bench.vault.before = lost
    order = bench.pay(bench.begin("teapot"))
    bench.vault.before = None
    return order


def state_of(bench: Bench, order: OrderRow) -> OrderState | None:
    """Where an order stands; None once it was taken back."""
    try:
        return bench.shop.orders.find(order.uid).state
    except NotFound:
        return None


def due_in(bench: Bench, order: OrderRow) -> timedelta:
    payment = bench.shop.orders.find(order.uid).card_payment
    assert payment
    return payment.due_at - bench.clock.now()


def answer_with(bench: Bench, code: str, status: str | None) -> None:
    """From now on the vault says so of any payment."""
    said = {"result": refused(code) if code != "SUCCESS" else SUCCESS, "paymentStatus": status}
    bench.vault.before = lambda path: bench.vault.signed(API + path, said)


def test_a_payment_that_the_vault_has_made_makes_the_order_paid(
    bench: Bench, payments: CardPayments, unanswered: OrderRow
) -> None:
    payments.look_again(unanswered)

    order = bench.shop.orders.find(unanswered.uid)
    assert order.state == PAID
    assert order.payment
    assert order.payment.paid_at == bench.clock.now()


def test_a_payment_that_the_vault_has_refused_is_taken_back_and_said(
    bench: Bench, payments: CardPayments, declined: OrderRow
) -> None:
    assert bench.cart() == {}

    for _ in range(2):
        payments.look_again(declined)

    assert state_of(bench, declined) is None
    assert bench.cart() == {"teapot": 2, "honey": 2}
    left = bench.shop.checkouts.get(bench.person().id, declined.checkout_uid)
    assert left.error == "card.not-paid"


def test_what_was_put_into_the_cart_meanwhile_stays_as_it_is(
    bench: Bench, payments: CardPayments, declined: OrderRow
) -> None:
    bench.shop.carts.add(bench.person().id, "teapot", 5)

    payments.look_again(declined)

    assert bench.cart() == {"teapot": 5, "honey": 2}


def test_a_paid_order_is_not_taken_back_by_an_answer_of_before(
    bench: Bench, payments: CardPayments, unanswered: OrderRow
) -> None:
    payments.look_again(unanswered)
    answer_with(bench, "SUCCESS", "FAIL")

    payments.look_again(unanswered)

    assert state_of(bench, unanswered) == PAID
    assert bench.cart() == {}


@pytest.mark.parametrize(
    ("code", "status"), [("SUCCESS", "PROCESSING"), ("SUCCESS", None), ("PROCESS_FAIL", None)]
)
def test_a_payment_that_is_not_decided_is_asked_about_again(
    bench: Bench, payments: CardPayments, unanswered: OrderRow, code: str, status: str | None
) -> None:
    answer_with(bench, code, status)
    bench.clock.advance(timedelta(hours=1))

    payments.look_again(unanswered)

    assert state_of(bench, unanswered) == PAYING
    assert due_in(bench, unanswered) == HALF_A_MINUTE


def test_while_the_vault_does_not_answer_a_payment_is_asked_about_again(
    bench: Bench, payments: CardPayments, unanswered: OrderRow
) -> None:
    bench.vault.before = unreachable
    bench.clock.advance(timedelta(hours=1))

    payments.look_again(unanswered)

    assert state_of(bench, unanswered) == PAYING
    assert due_in(bench, unanswered) == HALF_A_MINUTE


def test_a_cancelled_payment_is_taken_back_and_never_made(
    bench: Bench, payments: CardPayments, never_arrived: OrderRow
) -> None:
    bench.clock.advance(HALF_A_MINUTE)

    payments.look_again(never_arrived)

    assert bench.vault.asked_for(CANCEL) == [{"paymentRequestId": never_arrived.uid}]
    assert state_of(bench, never_arrived) is None
    left = bench.shop.checkouts.get(bench.person().id, never_arrived.checkout_uid)
    assert left.error == "card.not-paid"


def test_a_payment_that_arrives_before_it_can_be_cancelled_is_paid(
    bench: Bench, payments: CardPayments, never_arrived: OrderRow
) -> None:
    bench.clock.advance(HALF_A_MINUTE)

    def arrive(path: str) -> None:
        if path == CANCEL:
            bench.vault.payments[never_arrived.uid] = {"result": SUCCESS}

    bench.vault.before = arrive
    payments.look_again(never_arrived)

    assert state_of(bench, never_arrived) == PAID


@pytest.mark.parametrize("lost_on", ["before", "after"])
def test_while_the_cancellation_is_not_confirmed_no_clock_takes_the_order_back(
    bench: Bench, payments: CardPayments, never_arrived: OrderRow, lost_on: str
) -> None:
    def lose(path: str) -> None:
        if path == CANCEL:
            raise httpx.ReadTimeout("lost")

    setattr(bench.vault, lost_on, lose)
    bench.clock.advance(timedelta(days=366))
    payments.look_again(never_arrived)
    assert state_of(bench, never_arrived) == PAYING
    assert due_in(bench, never_arrived) == HALF_A_MINUTE

    setattr(bench.vault, lost_on, None)
    payments.look_again(never_arrived)
    assert state_of(bench, never_arrived) is None
    assert bench.cart() == {"teapot": 1}


def test_a_payment_that_the_vault_has_never_heard_of_is_waited_for_half_a_minute(
    bench: Bench, payments: CardPayments, never_arrived: OrderRow
) -> None:
    bench.clock.advance(HALF_A_MINUTE - timedelta(microseconds=1))
    payments.look_again(never_arrived)
    before = state_of(bench, never_arrived)
    bench.clock.advance(timedelta(microseconds=1))
    payments.look_again(never_arrived)

    assert (before, state_of(bench, never_arrived)) == (PAYING, None)
    assert bench.cart() == {"teapot": 1}


def test_a_turn_is_taken_when_it_is_due_and_says_when_the_next_one_is(
    bench: Bench, payments: CardPayments
) -> None:
    assert payments.process_due() is None
    bench.place(PaymentMethod.CASH_ON_DELIVERY)
    bench.pay(bench.begin("teapot"))
    assert payments.process_due() is None
    bench.vault.after = lost
    order = bench.pay(bench.begin("teapot"))

    bench.clock.advance(HALF_A_MINUTE - timedelta(milliseconds=1))
    assert payments.process_due() == timedelta(milliseconds=1)
    assert bench.vault.asked_for(INQUIRE) == []
    bench.clock.advance(timedelta(milliseconds=1))
    assert payments.process_due() == timedelta()
    assert bench.vault.asked_for(INQUIRE) == [{"paymentRequestId": order.uid}]
    bench.clock.advance(timedelta(seconds=31))
    assert payments.process_due() == timedelta()


def test_the_payment_that_is_due_first_has_the_first_turn(
    bench: Bench, payments: CardPayments, unanswered: OrderRow
) -> None:
    bench.clock.advance(timedelta(seconds=1))
    bench.vault.before = lost
    second = bench.pay(bench.begin("honey"))
    bench.clock.advance(timedelta(seconds=29))
    payments.look_again(unanswered)
    bench.vault.before = None
    bench.clock.advance(timedelta(seconds=30))

    for _ in range(2):
        payments.process_due()

    asked = [one["paymentRequestId"] for one in bench.vault.asked_for(INQUIRE)]
    # The second one never arrived: once it is cancelled it is asked about once more.
    assert asked == [second.uid, second.uid, unanswered.uid]
