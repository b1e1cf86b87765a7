"""The shop's checkout: from Buy to Confirm order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from mock_sites.shop.domain.address import Address
from mock_sites.shop.store import OrderRow, OrderState, PaymentMethod
from tests.support.shop_fixture import (
    ADDRESS,
    BY_CASH,
    BY_WALLET,
    TOKEN,
    Customer,
    ShopFixture,
    words,
)

MARKUP = "<script>alert('x')</script>"


def orders_of(fixture: ShopFixture) -> list[OrderRow]:
    person = fixture.shop.people.find(fixture.stack.keys.people[0].phone)
    assert person
    return list(fixture.shop.orders.of_customer(person.id))


def confirm(customer: Customer, checkout: str, **form: str) -> str:
    return customer.send(checkout, {**ADDRESS, **BY_WALLET, **form}, page=checkout)


def test_the_account_fills_in_who_receives_the_order(customer: Customer) -> None:
    customer.put_into_cart("teapot")

    page = customer.open(customer.buy("teapot"))

    assert 'value="Anna Petrova"' in page
    assert 'value="+79160000001"' in page


def test_confirming_makes_an_order_of_what_was_ticked(
    fixture: ShopFixture, customer: Customer
) -> None:
    customer.put_into_cart("teapot", 2)
    customer.put_into_cart("honey")

    confirm(customer, customer.buy("teapot"))

    (order,) = orders_of(fixture)
    assert order.state == OrderState.AWAITING_PAYMENT
    assert (str(order.total), order.street) == ("4760.00 RUB", ADDRESS["street"])
    assert [line.product_slug for line in fixture.shop.carts.lines(order.customer_id)] == ["honey"]


def test_cash_on_delivery_asks_the_wallet_for_nothing(
    fixture: ShopFixture, customer: Customer
) -> None:
    customer.put_into_cart("teapot")
    checkout = customer.buy("teapot")

    page = customer.send(checkout, {**ADDRESS, **BY_CASH}, page=checkout)

    assert "Payment on delivery" in words(page)
    assert fixture.wallet.requests == []


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("recipient", " ", "Enter the recipient's name."),
        ("recipient", "я" * 101, "Enter no more than 100 characters."),
        ("recipient", "Anna\x07", "This text has invalid characters."),
        ("phone", "", "Enter your phone number."),
        ("phone", "12", "This is not a phone number."),
        ("city", "", "Enter the city or village."),
        ("city", "c" * 101, "Enter no more than 100 characters."),
        ("street", "", "Enter the street, house and flat."),
        ("street", "s" * 201, "Enter no more than 200 characters."),
        ("postal_code", "", "Enter the postal code."),
        ("postal_code", "no!", "Enter 3 to 10 Latin letters and digits"),
        ("postal_code", "12345678901", "Enter 3 to 10 Latin letters and digits"),
    ],
)
def test_a_mistake_in_the_address_is_said_and_nothing_typed_is_lost(
    fixture: ShopFixture, customer: Customer, field: str, typed: str, message: str
) -> None:
    customer.put_into_cart("teapot")

    page = confirm(customer, customer.buy("teapot"), **{field: typed})

    assert message in words(page)
    for kept in (ADDRESS | {field: typed}).values():
        assert f'value="{kept}"' in page
    assert 'value="qiwi-wallet" checked' in page
    assert orders_of(fixture) == []


@pytest.mark.parametrize(
    ("payment", "online_option", "message"),
    [
        ("", "", "Choose a payment method."),
        ("barter", "", "Choose a payment method."),
        ("online", "", "Choose an online payment method."),
        ("online", "bank-transfer", "This payment method is not available for this order."),
        ("online", "seashells", "Choose an online payment method."),
    ],
)
def test_a_payment_method_has_to_be_chosen(
    fixture: ShopFixture, customer: Customer, payment: str, online_option: str, message: str
) -> None:
    customer.put_into_cart("teapot")

    page = confirm(customer, customer.buy("teapot"), payment=payment, online_option=online_option)

    assert message in words(page)
    assert f'value="{ADDRESS["street"]}"' in page
    assert orders_of(fixture) == []


def test_a_price_in_the_form_is_ignored(fixture: ShopFixture, customer: Customer) -> None:
    customer.put_into_cart("teapot")

    confirm(customer, customer.buy("teapot"), price="1", total_minor="1", quantity="1000")

    assert [str(order.total) for order in orders_of(fixture)] == ["2380.00 RUB"]


def test_a_changed_price_is_said_and_confirmed_anew(
    fixture: ShopFixture, customer: Customer
) -> None:
    customer.put_into_cart("teapot", 2)
    checkout = customer.buy("teapot")
    fixture.shop.catalogue.reprice("teapot", 3000_00)

    page = confirm(customer, checkout, street="Kept street")

    assert "The price of “Porcelain teapot” has changed from" in words(page)
    assert 'value="Kept street"' in page
    assert "6,000.00" in page
    assert orders_of(fixture) == []
    confirm(customer, checkout)
    assert [str(order.total) for order in orders_of(fixture)] == ["6000.00 RUB"]


def test_what_is_gone_is_left_out_and_the_rest_confirmed_anew(
    fixture: ShopFixture, customer: Customer
) -> None:
    customer.put_into_cart("teapot")
    customer.put_into_cart("honey")
    checkout = customer.buy("teapot", "honey")
    fixture.shop.catalogue.offer("teapot", on_sale=False)

    page = confirm(customer, checkout)

    assert "“Porcelain teapot” can no longer be bought here" in words(page)
    confirm(customer, checkout)
    assert [str(order.total) for order in orders_of(fixture)] == ["690.00 RUB"]


def test_a_quantity_changed_in_another_tab_is_said(
    fixture: ShopFixture, customer: Customer
) -> None:
    customer.put_into_cart("teapot")
    checkout = customer.buy("teapot")
    customer.send("/cart/teapot", {"teapot-quantity": "3"})

    page = confirm(customer, checkout)

    assert "The quantity of “Porcelain teapot” in your cart is now 3." in words(page)
    assert orders_of(fixture) == []


def test_two_checkouts_of_the_same_goods_make_one_order(
    fixture: ShopFixture, customer: Customer
) -> None:
    customer.put_into_cart("teapot")
    first, second = customer.buy("teapot"), customer.buy("teapot")
    confirm(customer, first)

    page = confirm(customer, second)

    assert "can no longer be bought here" in words(page)
    assert "Your cart is empty." in words(page)
    assert len(orders_of(fixture)) == 1


def test_confirming_again_leads_to_the_same_order(fixture: ShopFixture, customer: Customer) -> None:
    customer.put_into_cart("teapot")
    customer.put_into_cart("honey")
    checkout = customer.buy("teapot")
    token = TOKEN.search(customer.open(checkout))
    assert token

    pressed = [
        customer.client.post(checkout, data={"csrf_token": token[1], **ADDRESS, **BY_WALLET})
        for _ in range(2)
    ]

    (order,) = orders_of(fixture)
    assert [answer.location for answer in pressed] == [f"/orders/{order.uid}"] * 2
    assert "Order 1" in words(customer.open(checkout))


def test_confirming_in_many_tabs_at_once_makes_one_order(fixture: ShopFixture) -> None:
    tabs = [fixture.customer() for _ in range(8)]
    tabs[0].put_into_cart("teapot")
    checkout = tabs[0].buy("teapot")

    with ThreadPoolExecutor(len(tabs)) as pool:
        pages = list(pool.map(lambda tab: confirm(tab, checkout), tabs))

    assert len(orders_of(fixture)) == 1
    assert all("Awaiting payment" in page for page in pages)
    assert len(fixture.wallet.bills) == 1


def test_whoever_confirms_second_is_given_the_order_of_the_first(
    fixture: ShopFixture, customer: Customer
) -> None:
    customer.put_into_cart("teapot")
    uid = customer.buy("teapot").removeprefix("/checkout/")
    person = fixture.shop.people.find(fixture.stack.keys.people[0].phone)
    assert person

    first, second = (
        fixture.shop.orders.place(
            person.id, uid, Address(**ADDRESS), PaymentMethod.CASH_ON_DELIVERY
        )
        for _ in range(2)
    )

    assert first.uid == second.uid


def test_anothers_checkout_does_not_exist(fixture: ShopFixture, customer: Customer) -> None:
    customer.put_into_cart("teapot")
    checkout = customer.buy("teapot")
    other = fixture.customer(1)

    assert other.client.get(checkout).status_code == 404
    answer = other.send_to(checkout, {**ADDRESS, **BY_WALLET}, page="/products/honey")
    assert answer.status_code == 404
    assert orders_of(fixture) == []


def test_names_of_every_script_are_kept_and_markup_stays_text(customer: Customer) -> None:
    customer.put_into_cart("teapot")

    page = confirm(
        customer,
        customer.buy("teapot"),
        recipient=MARKUP,
        city="حلب",
        street="ул. Ленина, 5",
        postal_code="١٠١٠٠٠",
    )

    assert MARKUP not in page
    assert "&lt;script&gt;" in page
    for kept in ("حلب", "ул. Ленина, 5", "101000"):
        assert kept in page


def test_an_order_without_the_forms_token_is_not_made(
    fixture: ShopFixture, customer: Customer
) -> None:
    customer.put_into_cart("teapot")
    checkout = customer.buy("teapot")

    answer = customer.client.post(checkout, data={**ADDRESS, **BY_WALLET})

    assert answer.status_code == 400
    assert "Nothing was changed." in words(answer.text)
    assert orders_of(fixture) == []


def test_whoever_is_signed_out_meanwhile_signs_in_and_is_back_at_the_checkout(
    fixture: ShopFixture, customer: Customer
) -> None:
    customer.put_into_cart("teapot")
    checkout = customer.buy("teapot")
    customer.send("/sign-out")

    answer = customer.client.get(checkout)

    assert answer.location == f"/sign-in?next={checkout}"
