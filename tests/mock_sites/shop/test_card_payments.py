"""Orders paid by card: once, or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from mock_sites.shop.domain.address import Address
from mock_sites.shop.store import OrderState
from tests.support.fake_vault import away, lost, refused
from tests.support.shop_bench import (
    ADDRESS,
    BY_CARD,
    BY_CASH,
    CARD,
    SAVED,
    Bench,
    Customer,
    words,
)

VISA = "4111111111111111"


@pytest.fixture
def checkout(customer: Customer) -> str:
    customer.put_into_cart("teapot", 2)
    return customer.buy("teapot")


def confirm(customer: Customer, checkout: str, **form: str) -> str:
    return customer.send(checkout, {**ADDRESS, **BY_CARD, **form}, page=checkout)


def test_a_linked_card_pays_the_order(bench: Bench, customer: Customer, checkout: str) -> None:
    token = bench.vault.link(bench.phone(), VISA)

    page = confirm(customer, checkout, card=token)

    (order,) = bench.orders()
    (asked,) = bench.vault.asked_for("/payments/pay")
    assert asked["paymentRequestId"] == order.uid
    assert asked["paymentAmount"] == {"currency": "RUB", "value": "476000"}
    assert asked["paymentMethod"] == {"paymentMethodType": "CARD", "paymentMethodId": token}
    assert asked["buyer"] == {"phone": bench.phone()}
    assert order.state == OrderState.PAID
    assert "Card, Visa •••• 1111" in words(page)
    assert bench.cart() == {}


def test_a_card_that_is_not_saved_pays_once_and_is_gone(
    bench: Bench, customer: Customer, checkout: str
) -> None:
    confirm(customer, checkout, press="confirm-card", **CARD)

    (asked,) = bench.vault.asked_for("/payments/pay")
    assert asked["paymentMethod"]["card"]["cardNo"] == VISA
    assert [order.state for order in bench.orders()] == [OrderState.PAID]
    assert bench.vault.cards == {}
    assert "No cards are linked." in words(customer.open("/profile"))


@pytest.mark.parametrize(("form", "linked"), [(CARD, 0), (SAVED, 1)])
def test_confirming_the_order_takes_the_card_that_was_typed(
    bench: Bench, customer: Customer, checkout: str, form: dict[str, str], linked: int
) -> None:
    confirm(customer, checkout, **form)

    assert [order.state for order in bench.orders()] == [OrderState.PAID]
    assert len(bench.vault.cards.get(bench.phone(), [])) == linked
    assert bench.vault.times_paid() == 1


def test_without_any_card_the_buyer_is_asked_for_one(
    bench: Bench, customer: Customer, checkout: str
) -> None:
    page = confirm(customer, checkout)

    beside = page.split('id="payment-error"')[1].split("</p>")[0]
    assert "Choose a card, enter a new one" in words(beside)
    assert bench.orders() == []


@pytest.mark.parametrize("token", ["token-+79160000002-1111", "invented", "x" * 5000])
def test_a_card_that_is_not_the_buyers_own_pays_nothing(
    bench: Bench, customer: Customer, checkout: str, token: str
) -> None:
    bench.vault.link(bench.phone(), "5555555555554444")
    bench.vault.link(bench.phone(1), VISA)
    bench.customer(1).open("/profile")

    page = confirm(customer, checkout, card=token)

    assert "This card is no longer linked. Choose another card." in words(page)
    assert bench.orders() == []
    assert bench.vault.payments == {}


def test_an_address_that_is_wrong_asks_nothing_of_the_card(
    bench: Bench, customer: Customer, checkout: str
) -> None:
    page = confirm(customer, checkout, press="confirm-card", **CARD, city="")

    assert "Enter the city or village." in words(page)
    assert bench.vault.asked_for("/payments/pay") == []


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (refused("CARD_DECLINED"), "declined this card. You were not charged."),
        (refused("INSUFFICIENT_FUNDS"), "Insufficient funds on this card"),
        (refused("ISSUER_UNAVAILABLE", "U"), "The issuing bank is not responding"),
    ],
)
def test_a_declined_card_orders_nothing_and_loses_nothing(
    bench: Bench, customer: Customer, checkout: str, result: dict[str, str], message: str
) -> None:
    token = bench.vault.link(bench.phone(), VISA)
    bench.vault.says_no = result

    page = confirm(customer, checkout, card=token, street="Kept street")

    assert message in words(page)
    assert 'value="Kept street"' in page
    assert f'name="card" value="{token}" checked' in page
    assert bench.orders() == []
    assert bench.cart() == {"teapot": 2}
    bench.vault.says_no = None
    confirm(customer, checkout, card=token)
    assert [order.state for order in bench.orders()] == [OrderState.PAID]


def test_a_declined_card_that_was_typed_is_said_beside_its_number(
    bench: Bench, customer: Customer, checkout: str
) -> None:
    bench.vault.says_no = refused("CARD_DECLINED")

    page = confirm(customer, checkout, press="confirm-card", **CARD)

    assert "declined this card" in words(page.split('id="card_number-error"')[1].split("</p>")[0])
    assert bench.orders() == []


def test_a_vault_out_of_reach_orders_nothing(
    bench: Bench, customer: Customer, checkout: str
) -> None:
    bench.vault.before = away

    page = confirm(customer, checkout, press="confirm-card", **CARD)

    assert "The card vault is unreachable. Nothing was done." in words(page)
    assert bench.orders() == []
    assert bench.cart() == {"teapot": 2}


def test_a_payment_without_an_answer_is_looked_into(
    bench: Bench, customer: Customer, checkout: str
) -> None:
    token = bench.vault.link(bench.phone(), VISA)
    bench.vault.after = lost

    page = confirm(customer, checkout, card=token)

    assert "The payment is being checked" in words(page)
    assert bench.orders() == []
    bench.vault.after = None
    assert "Paid" in words(customer.open(checkout + "/waiting"))
    assert [order.state for order in bench.orders()] == [OrderState.PAID]
    assert bench.vault.times_paid() == 1


def test_while_a_payment_is_looked_into_nothing_else_is_ordered(
    bench: Bench, customer: Customer, checkout: str
) -> None:
    token = bench.vault.link(bench.phone(), VISA)
    bench.vault.after = lost
    confirm(customer, checkout, card=token)

    page = customer.client.get(checkout, follow_redirects=True)

    assert page.request.path == checkout + "/waiting"
    uid = next(iter(bench.vault.payments))
    assert customer.client.get(f"/orders/{uid}").status_code == 404


def test_the_worker_finds_out_what_became_of_a_payment(
    bench: Bench, customer: Customer, checkout: str
) -> None:
    token = bench.vault.link(bench.phone(), VISA)
    bench.vault.after = lost
    confirm(customer, checkout, card=token)
    bench.vault.after = None

    wait = bench.shop.card_payments.take_turn()

    assert wait is not None
    assert timedelta() < wait <= timedelta(seconds=30)
    bench.clock.advance(wait)
    bench.shop.card_payments.take_turn()
    assert [order.state for order in bench.orders()] == [OrderState.PAID]
    assert bench.shop.card_payments.take_turn() is None


def test_a_request_that_never_arrived_is_given_up_once_it_is_surely_lost(
    bench: Bench, customer: Customer, checkout: str
) -> None:
    token = bench.vault.link(bench.phone(), VISA)
    bench.vault.before = lost
    assert "is being checked" in words(confirm(customer, checkout, card=token))
    bench.vault.before = None

    assert "is being checked" in words(customer.open(checkout + "/waiting"))
    bench.clock.advance(timedelta(seconds=31))
    page = customer.open(checkout + "/waiting")

    assert "The card payment failed. You were not charged" in words(page)
    assert bench.cart() == {"teapot": 2}
    confirm(customer, checkout, card=token)
    assert bench.vault.times_paid() == 1


def test_a_payment_that_turns_out_refused_is_given_up(
    bench: Bench, customer: Customer, checkout: str
) -> None:
    token = bench.vault.link(bench.phone(), VISA)
    bench.vault.after, bench.vault.says_no = lost, refused("CARD_DECLINED")
    confirm(customer, checkout, card=token)
    bench.vault.after = None

    page = customer.open(checkout + "/waiting")

    assert "The card payment failed." in words(page)
    assert bench.orders() == []
    bench.vault.says_no = None
    customer.send(checkout, {**ADDRESS, **BY_CASH}, page=checkout)
    assert [order.means for order in bench.orders()] == ["CASH_ON_DELIVERY"]


def test_what_was_put_into_the_cart_meanwhile_stays(
    bench: Bench, customer: Customer, checkout: str
) -> None:
    token = bench.vault.link(bench.phone(), VISA)
    bench.vault.after, bench.vault.says_no = lost, refused("CARD_DECLINED")
    confirm(customer, checkout, card=token)
    customer.put_into_cart("teapot", 5)
    bench.vault.after = None

    customer.open(checkout + "/waiting")

    assert bench.cart() == {"teapot": 5}


def test_confirming_in_many_tabs_at_once_pays_once(bench: Bench) -> None:
    tabs = [bench.customer() for _ in range(6)]
    token = bench.vault.link(bench.phone(), VISA)
    tabs[0].put_into_cart("teapot")
    checkout = tabs[0].buy("teapot")
    tabs[0].open(checkout)

    with ThreadPoolExecutor(len(tabs)) as pool:
        list(pool.map(lambda tab: confirm(tab, checkout, card=token), tabs))

    assert [order.state for order in bench.orders()] == [OrderState.PAID]
    assert bench.vault.times_paid() == 1


def test_a_card_does_not_pay_what_was_ordered_another_way(
    bench: Bench, customer: Customer, checkout: str
) -> None:
    token = bench.vault.link(bench.phone(), VISA)
    customer.open(checkout)
    confirm(customer, checkout, **BY_CASH)
    person = bench.shop.people.find(bench.phone())
    assert person
    card = bench.shop.cards.get(person.id, token)

    uid = checkout.removeprefix("/checkout/")
    order = bench.shop.card_payments.pay(person, uid, Address(**ADDRESS), card)

    assert order.state == OrderState.PAY_ON_DELIVERY
    assert bench.vault.payments == {}


def test_a_paid_order_is_not_cancelled(bench: Bench, customer: Customer, checkout: str) -> None:
    confirm(customer, checkout, **CARD)
    (order,) = bench.orders()

    page = customer.send(f"/orders/{order.uid}/cancel")

    assert "This order can no longer be cancelled." in words(page)
