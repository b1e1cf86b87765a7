"""Orders paid by card: once, or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from mock_sites.shop.domain.address import Address
from mock_sites.shop.store import OrderState
from tests.support.fake_vault import lost, refused, unreachable
from tests.support.shop_fixture import (
    ADDRESS,
    BY_CARD,
    BY_CASH,
    CARD,
    SAVED,
    Customer,
    ShopFixture,
    words,
)

VISA = "4111111111111111"


@pytest.fixture
def checkout(customer: Customer) -> str:
    customer.put_into_cart("teapot", 2)
    return customer.buy("teapot")


def confirm(customer: Customer, checkout: str, **form: str) -> str:
    return customer.send(checkout, {**ADDRESS, **BY_CARD, **form}, page=checkout)


def test_a_linked_card_pays_the_order(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA)

    page = confirm(customer, checkout, card=token)

    (order,) = fixture.orders()
    (asked,) = fixture.vault.asked_for("/payments/pay")
    assert asked["paymentRequestId"] == order.uid
    assert asked["paymentAmount"] == {"currency": "RUB", "value": "476000"}
    assert asked["paymentMethod"] == {"paymentMethodType": "CARD", "paymentMethodId": token}
    assert asked["buyer"] == {"phone": fixture.phone()}
    assert order.state == OrderState.PAID
    assert "Card, Visa •••• 1111" in words(page)
    assert fixture.cart() == {}


def test_a_card_that_is_not_saved_pays_once_and_is_gone(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    confirm(customer, checkout, press="confirm-card", **CARD)

    (asked,) = fixture.vault.asked_for("/payments/pay")
    assert asked["paymentMethod"]["card"]["cardNo"] == VISA
    assert [order.state for order in fixture.orders()] == [OrderState.PAID]
    assert fixture.vault.cards == {}
    assert "No cards are linked." in words(customer.open("/profile"))


@pytest.mark.parametrize(("form", "linked"), [(CARD, 0), (SAVED, 1)])
def test_confirming_the_order_takes_the_card_that_was_typed(
    fixture: ShopFixture, customer: Customer, checkout: str, form: dict[str, str], linked: int
) -> None:
    confirm(customer, checkout, **form)

    assert [order.state for order in fixture.orders()] == [OrderState.PAID]
    assert len(fixture.vault.cards.get(fixture.phone(), [])) == linked
    assert fixture.vault.times_paid() == 1


def test_without_any_card_the_buyer_is_asked_for_one(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    page = confirm(customer, checkout)

    beside = page.split('id="payment-error"')[1].split("</p>")[0]
    assert "Choose a card, enter a new one" in words(beside)
    assert fixture.orders() == []


@pytest.mark.parametrize("token", ["token-+79160000002-1111", "invented", "x" * 5000])
def test_a_card_that_is_not_the_buyers_own_pays_nothing(
    fixture: ShopFixture, customer: Customer, checkout: str, token: str
) -> None:
    fixture.vault.link(fixture.phone(), "5555555555554444")
    fixture.vault.link(fixture.phone(1), VISA)
    fixture.customer(1).open("/profile")

    page = confirm(customer, checkout, card=token)

    assert "This card is no longer linked. Choose another card." in words(page)
    assert fixture.orders() == []
    assert fixture.vault.payments == {}


def test_an_address_that_is_wrong_asks_nothing_of_the_card(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    page = confirm(customer, checkout, press="confirm-card", **CARD, city="")

    assert "Enter the city or village." in words(page)
    assert fixture.vault.asked_for("/payments/pay") == []


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (refused("CARD_DECLINED"), "declined this card. You were not charged."),
        (refused("INSUFFICIENT_FUNDS"), "Insufficient funds on this card"),
        (refused("ISSUER_UNAVAILABLE", "U"), "The issuing bank is not responding"),
    ],
)
def test_a_declined_card_orders_nothing_and_loses_nothing(
    fixture: ShopFixture, customer: Customer, checkout: str, result: dict[str, str], message: str
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA)
    fixture.vault.says_no = result

    page = confirm(customer, checkout, card=token, street="Kept street")

    assert message in words(page)
    assert 'value="Kept street"' in page
    assert f'name="card" value="{token}" checked' in page
    assert fixture.orders() == []
    assert fixture.cart() == {"teapot": 2}
    fixture.vault.says_no = None
    confirm(customer, checkout, card=token)
    assert [order.state for order in fixture.orders()] == [OrderState.PAID]


def test_a_declined_card_that_was_typed_is_said_beside_its_number(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    fixture.vault.says_no = refused("CARD_DECLINED")

    page = confirm(customer, checkout, press="confirm-card", **CARD)

    assert "declined this card" in words(page.split('id="card_number-error"')[1].split("</p>")[0])
    assert fixture.orders() == []


def test_a_vault_out_of_reach_orders_nothing(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    fixture.vault.before = unreachable

    page = confirm(customer, checkout, press="confirm-card", **CARD)

    assert "The card vault is unreachable. Nothing was done." in words(page)
    assert fixture.orders() == []
    assert fixture.cart() == {"teapot": 2}


def test_a_payment_without_an_answer_is_looked_into(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA)
    fixture.vault.after = lost

    page = confirm(customer, checkout, card=token)

    assert "The payment is being checked" in words(page)
    assert fixture.orders() == []
    fixture.vault.after = None
    assert "Paid" in words(customer.open(checkout + "/waiting"))
    assert [order.state for order in fixture.orders()] == [OrderState.PAID]
    assert fixture.vault.times_paid() == 1


def test_while_a_payment_is_looked_into_nothing_else_is_ordered(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA)
    fixture.vault.after = lost
    confirm(customer, checkout, card=token)

    page = customer.client.get(checkout, follow_redirects=True)

    assert page.request.path == checkout + "/waiting"
    uid = next(iter(fixture.vault.payments))
    assert customer.client.get(f"/orders/{uid}").status_code == 404


def test_the_worker_finds_out_what_became_of_a_payment(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA)
    fixture.vault.after = lost
    confirm(customer, checkout, card=token)
    fixture.vault.after = None

    wait = fixture.shop.card_payments.process_due()

    assert wait is not None
    assert timedelta() < wait <= timedelta(seconds=30)
    fixture.clock.advance(wait)
    fixture.shop.card_payments.process_due()
    assert [order.state for order in fixture.orders()] == [OrderState.PAID]
    assert fixture.shop.card_payments.process_due() is None


def test_a_request_that_never_arrived_is_given_up_once_it_is_surely_lost(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA)
    fixture.vault.before = lost
    assert "is being checked" in words(confirm(customer, checkout, card=token))
    fixture.vault.before = None

    assert "is being checked" in words(customer.open(checkout + "/waiting"))
    fixture.clock.advance(timedelta(seconds=31))
    page = customer.open(checkout + "/waiting")

    assert "The card payment failed. You were not charged" in words(page)
    assert fixture.cart() == {"teapot": 2}
    confirm(customer, checkout, card=token)
    assert fixture.vault.times_paid() == 1


def test_a_payment_that_turns_out_refused_is_given_up(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA)
    fixture.vault.after, fixture.vault.says_no = lost, refused("CARD_DECLINED")
    confirm(customer, checkout, card=token)
    fixture.vault.after = None

    page = customer.open(checkout + "/waiting")

    assert "The card payment failed." in words(page)
    assert fixture.orders() == []
    fixture.vault.says_no = None
    customer.send(checkout, {**ADDRESS, **BY_CASH}, page=checkout)
    assert [order.payment_method for order in fixture.orders()] == ["CASH_ON_DELIVERY"]


def test_what_was_put_into_the_cart_meanwhile_stays(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA)
    fixture.vault.after, fixture.vault.says_no = lost, refused("CARD_DECLINED")
    confirm(customer, checkout, card=token)
    customer.put_into_cart("teapot", 5)
    fixture.vault.after = None

    customer.open(checkout + "/waiting")

    assert fixture.cart() == {"teapot": 5}


def test_confirming_in_many_tabs_at_once_pays_once(fixture: ShopFixture) -> None:
    tabs = [fixture.customer() for _ in range(6)]
    token = fixture.vault.link(fixture.phone(), VISA)
    tabs[0].put_into_cart("teapot")
    checkout = tabs[0].buy("teapot")
    tabs[0].open(checkout)

    with ThreadPoolExecutor(len(tabs)) as pool:
        list(pool.map(lambda tab: confirm(tab, checkout, card=token), tabs))

    assert [order.state for order in fixture.orders()] == [OrderState.PAID]
    assert fixture.vault.times_paid() == 1


def test_a_card_does_not_pay_what_was_ordered_another_way(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    token = fixture.vault.link(fixture.phone(), VISA)
    customer.open(checkout)
    confirm(customer, checkout, **BY_CASH)
    person = fixture.shop.people.find(fixture.phone())
    assert person
    card = fixture.shop.cards.get(person.id, token)

    uid = checkout.removeprefix("/checkout/")
    order = fixture.shop.card_payments.pay(person, uid, Address(**ADDRESS), card)

    assert order.state == OrderState.PAY_ON_DELIVERY
    assert fixture.vault.payments == {}


def test_a_paid_order_is_not_cancelled(
    fixture: ShopFixture, customer: Customer, checkout: str
) -> None:
    confirm(customer, checkout, **CARD)
    (order,) = fixture.orders()

    page = customer.send(f"/orders/{order.uid}/cancel")

    assert "This order can no longer be cancelled." in words(page)
