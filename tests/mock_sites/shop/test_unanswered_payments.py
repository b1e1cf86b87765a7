"""What the shop finds out about a payment by card that the vault left without an answer."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from mock_sites.shared.values.refusal import NotFound
from mock_sites.shop.domain.card_payments import CardPayments
from mock_sites.shop.store import OrderRow, OrderState, PaymentMethod
from tests.support.fake_vault import API, SUCCESS, lost, refused, unreachable
from tests.support.shop_fixture import ShopFixture

INQUIRE = "/payments/inquiryPayment"
CANCEL = "/payments/cancel"
HALF_A_MINUTE = timedelta(seconds=30)
PAYING, PAID = OrderState.PAYING, OrderState.PAID


@pytest.fixture
def unanswered(fixture: ShopFixture) -> OrderRow:
    """An order that was paid at the vault, whose answer is lost."""
    fixture.vault.after = lost
    order = fixture.pay(fixture.begin("teapot", quantity=2))
    fixture.vault.after = None
    return order


@pytest.fixture
def declined(fixture: ShopFixture) -> OrderRow:
    """An order that the vault refused to pay, whose answer is lost."""
    fixture.vault.after, fixture.vault.says_no = lost, refused("CARD_DECLINED")
    order = fixture.pay(fixture.begin("teapot", "honey", quantity=2))
    fixture.vault.after = fixture.vault.says_no = None
    return order


@pytest.fixture
def never_arrived(fixture: ShopFixture) -> OrderRow:
    """An order whose payment was asked for, and the vault has not heard of it."""
    fixture.vault.before = lost
    order = fixture.pay(fixture.begin("teapot"))
    fixture.vault.before = None
    return order


def state_of(fixture: ShopFixture, order: OrderRow) -> OrderState | None:
    """Where an order stands; None once it was taken back."""
    try:
        return fixture.shop.orders.find(order.uid).state
    except NotFound:
        return None


def due_in(fixture: ShopFixture, order: OrderRow) -> timedelta:
    payment = fixture.shop.orders.find(order.uid).card_payment
    assert payment
    return payment.due_at - fixture.clock.now()


def answer_with(fixture: ShopFixture, code: str, status: str | None, **facts: object) -> None:
    """From now on the vault says so of any payment."""
    result = refused(code) if code != "SUCCESS" else SUCCESS
    said = {"result": result, "paymentStatus": status, **facts}
    fixture.vault.before = lambda path: fixture.vault.signed(API + path, said)


def test_a_payment_that_the_vault_has_made_makes_the_order_paid(
    fixture: ShopFixture, payments: CardPayments, unanswered: OrderRow
) -> None:
    payments.look_again(unanswered)

    order = fixture.shop.orders.find(unanswered.uid)
    assert order.state == PAID
    assert order.payment
    assert order.payment.paid_at == fixture.clock.now()


@pytest.mark.parametrize(
    ("more", "currency", "state"),
    [(0, "RUB", PAID), (1, "RUB", OrderState.PAYING), (0, "USD", OrderState.PAYING)],
)
def test_an_order_is_paid_only_by_its_own_amount(
    fixture: ShopFixture,
    payments: CardPayments,
    unanswered: OrderRow,
    more: int,
    currency: str,
    state: OrderState,
) -> None:
    amount = {"currency": currency, "value": str(unanswered.total_minor + more)}
    answer_with(fixture, "SUCCESS", "SUCCESS", paymentAmount=amount)

    payments.look_again(unanswered)

    assert state_of(fixture, unanswered) == state


def test_a_payment_of_another_amount_leaves_the_order_unpaid(fixture: ShopFixture) -> None:
    checkout = fixture.begin("teapot")
    answer_with(fixture, "SUCCESS", None, paymentAmount={"currency": "RUB", "value": "1"})

    order = fixture.pay(checkout)

    assert state_of(fixture, order) == OrderState.PAYING


def test_a_payment_that_the_vault_has_refused_is_taken_back_and_said(
    fixture: ShopFixture, payments: CardPayments, declined: OrderRow
) -> None:
    assert fixture.cart() == {}

    for _ in range(2):
        payments.look_again(declined)

    assert state_of(fixture, declined) is None
    assert fixture.cart() == {"teapot": 2, "honey": 2}
    left = fixture.shop.checkouts.get(fixture.person().id, declined.checkout_uid)
    assert left.error == "card.not-paid"


def test_what_was_put_into_the_cart_meanwhile_stays_as_it_is(
    fixture: ShopFixture, payments: CardPayments, declined: OrderRow
) -> None:
    fixture.shop.carts.add(fixture.person().id, "teapot", 5)

    payments.look_again(declined)

    assert fixture.cart() == {"teapot": 5, "honey": 2}


def test_a_paid_order_is_not_taken_back_by_an_answer_of_before(
    fixture: ShopFixture, payments: CardPayments, unanswered: OrderRow
) -> None:
    payments.look_again(unanswered)
    answer_with(fixture, "SUCCESS", "FAIL")

    payments.look_again(unanswered)

    assert state_of(fixture, unanswered) == PAID
    assert fixture.cart() == {}


@pytest.mark.parametrize(
    ("code", "status"), [("SUCCESS", "PROCESSING"), ("SUCCESS", None), ("PROCESS_FAIL", None)]
)
def test_a_payment_that_is_not_decided_is_asked_about_again(
    fixture: ShopFixture,
    payments: CardPayments,
    unanswered: OrderRow,
    code: str,
    status: str | None,
) -> None:
    answer_with(fixture, code, status)
    fixture.clock.advance(timedelta(hours=1))

    payments.look_again(unanswered)

    assert state_of(fixture, unanswered) == PAYING
    assert due_in(fixture, unanswered) == HALF_A_MINUTE


def test_while_the_vault_does_not_answer_a_payment_is_asked_about_again(
    fixture: ShopFixture, payments: CardPayments, unanswered: OrderRow
) -> None:
    fixture.vault.before = unreachable
    fixture.clock.advance(timedelta(hours=1))

    payments.look_again(unanswered)

    assert state_of(fixture, unanswered) == PAYING
    assert due_in(fixture, unanswered) == HALF_A_MINUTE


def test_a_cancelled_payment_is_taken_back_and_never_made(
    fixture: ShopFixture, payments: CardPayments, never_arrived: OrderRow
) -> None:
    fixture.clock.advance(HALF_A_MINUTE)

    payments.look_again(never_arrived)

    assert fixture.vault.asked_for(CANCEL) == [{"paymentRequestId": never_arrived.uid}]
    assert state_of(fixture, never_arrived) is None
    left = fixture.shop.checkouts.get(fixture.person().id, never_arrived.checkout_uid)
    assert left.error == "card.not-paid"


def test_a_payment_that_arrives_before_it_can_be_cancelled_is_paid(
    fixture: ShopFixture, payments: CardPayments, never_arrived: OrderRow
) -> None:
    fixture.clock.advance(HALF_A_MINUTE)

    def arrive(path: str) -> None:
        if path == CANCEL:
            fixture.vault.payments[never_arrived.uid] = {"result": SUCCESS}

    fixture.vault.before = arrive
    payments.look_again(never_arrived)

    assert state_of(fixture, never_arrived) == PAID


@pytest.mark.parametrize("lost_on", ["before", "after"])
def test_while_the_cancellation_is_not_confirmed_no_clock_takes_the_order_back(
    fixture: ShopFixture, payments: CardPayments, never_arrived: OrderRow, lost_on: str
) -> None:
    def lose(path: str) -> None:
        if path == CANCEL:
            raise httpx.ReadTimeout("lost")

    setattr(fixture.vault, lost_on, lose)
    fixture.clock.advance(timedelta(days=366))
    payments.look_again(never_arrived)
    assert state_of(fixture, never_arrived) == PAYING
    assert due_in(fixture, never_arrived) == HALF_A_MINUTE

    setattr(fixture.vault, lost_on, None)
    payments.look_again(never_arrived)
    assert state_of(fixture, never_arrived) is None
    assert fixture.cart() == {"teapot": 1}


def test_a_payment_that_the_vault_has_never_heard_of_is_waited_for_half_a_minute(
    fixture: ShopFixture, payments: CardPayments, never_arrived: OrderRow
) -> None:
    fixture.clock.advance(HALF_A_MINUTE - timedelta(microseconds=1))
    payments.look_again(never_arrived)
    before = state_of(fixture, never_arrived)
    fixture.clock.advance(timedelta(microseconds=1))
    payments.look_again(never_arrived)

    assert (before, state_of(fixture, never_arrived)) == (PAYING, None)
    assert fixture.cart() == {"teapot": 1}


def test_a_turn_is_taken_when_it_is_due_and_says_when_the_next_one_is(
    fixture: ShopFixture, payments: CardPayments
) -> None:
    assert payments.process_due() is None
    fixture.place(PaymentMethod.CASH_ON_DELIVERY)
    fixture.pay(fixture.begin("teapot"))
    assert payments.process_due() is None
    fixture.vault.after = lost
    order = fixture.pay(fixture.begin("teapot"))

    fixture.clock.advance(HALF_A_MINUTE - timedelta(milliseconds=1))
    assert payments.process_due() == timedelta(milliseconds=1)
    assert fixture.vault.asked_for(INQUIRE) == []
    fixture.clock.advance(timedelta(milliseconds=1))
    assert payments.process_due() == timedelta()
    assert fixture.vault.asked_for(INQUIRE) == [{"paymentRequestId": order.uid}]
    fixture.clock.advance(timedelta(seconds=31))
    assert payments.process_due() == timedelta()


def test_the_payment_that_is_due_first_has_the_first_turn(
    fixture: ShopFixture, payments: CardPayments, unanswered: OrderRow
) -> None:
    fixture.clock.advance(timedelta(seconds=1))
    fixture.vault.before = lost
    second = fixture.pay(fixture.begin("honey"))
    fixture.clock.advance(timedelta(seconds=29))
    payments.look_again(unanswered)
    fixture.vault.before = None
    fixture.clock.advance(timedelta(seconds=30))

    for _ in range(2):
        payments.process_due()

    asked = [one["paymentRequestId"] for one in fixture.vault.asked_for(INQUIRE)]
    # The second one never arrived: once it is cancelled it is asked about once more.
    assert asked == [second.uid, second.uid, unanswered.uid]
