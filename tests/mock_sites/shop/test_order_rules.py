"""What an order holds, who sees it, and what makes it paid or ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.shop.domain.address import Address
from mock_sites.shop.domain.bills import BillStatus
from mock_sites.shop.domain.orders import ByCard, CheckoutChanged, Orders, follow, take_payment
from mock_sites.shop.store import OrderRow, OrderState, PaymentMethod, PaymentRow
from tests.support.shop_fixture import ADDRESS, ShopFixture

BY_CARD = ByCard("uid-of-the-payment", "Visa", "1111")
WAITING, PAID = OrderState.AWAITING_PAYMENT, OrderState.PAID


@pytest.fixture
def orders(fixture: ShopFixture) -> Orders:
    return fixture.shop.orders


def place(
    fixture: ShopFixture,
    checkout: str,
    payment_method: PaymentMethod = PaymentMethod.CASH_ON_DELIVERY,
    by_card: ByCard | None = None,
) -> OrderRow:
    orders = fixture.shop.orders
    return orders.place(fixture.person().id, checkout, Address(**ADDRESS), payment_method, by_card)


def test_an_order_keeps_who_receives_it_where_and_what_it_costs(
    fixture: ShopFixture, orders: Orders
) -> None:
    checkout = fixture.begin("teapot", "honey", quantity=2)

    order = orders.find(place(fixture, checkout).uid)

    assert {name: getattr(order, name) for name in ADDRESS} == ADDRESS
    assert (order.customer_id, order.checkout_uid) == (fixture.person().id, checkout)
    assert str(order.total) == "6140.00 RUB"
    assert order.placed_at == fixture.clock.now()
    assert (order.invoice, order.payment, order.card_payment) == (None, None, None)


def test_an_order_keeps_its_lines_as_they_were_named_and_priced(
    fixture: ShopFixture, orders: Orders
) -> None:
    fixture.shop.carts.add(fixture.person().id, "teapot", 3)
    fixture.clock.advance(timedelta(seconds=1))
    order = place(fixture, fixture.begin("teapot", "honey"))
    fixture.shop.catalogue.reprice("teapot", 1)

    lines = orders.find(order.uid).lines

    assert [(line.product_slug, line.name, line.quantity, line.price_minor) for line in lines] == [
        ("teapot", "Porcelain teapot", 4, 238_000),
        ("honey", "Linden honey, 500 g", 1, 69_000),
    ]


def test_what_is_ordered_leaves_the_cart_and_the_rest_stays(fixture: ShopFixture) -> None:
    fixture.begin("honey")

    place(fixture, fixture.begin("teapot"))

    assert fixture.cart() == {"honey": 1}


@pytest.mark.parametrize(
    ("payment_method", "state", "has_invoice"),
    [
        (PaymentMethod.QIWI_WALLET, WAITING, True),
        (PaymentMethod.CASH_ON_DELIVERY, OrderState.PAY_ON_DELIVERY, False),
    ],
)
def test_the_payment_method_says_how_an_order_begins(
    fixture: ShopFixture, payment_method: PaymentMethod, state: OrderState, has_invoice: bool
) -> None:
    order = place(fixture, fixture.begin("teapot"), payment_method)

    assert (order.payment_method, order.state) == (payment_method, state)
    assert (order.invoice is not None) == has_invoice


def test_an_invoice_can_be_paid_for_a_day_to_the_second_of_its_bill(fixture: ShopFixture) -> None:
    invoice = fixture.place().invoice

    assert invoice
    in_a_day = fixture.clock.now() + timedelta(hours=24)
    assert invoice.expires_at == in_a_day.replace(microsecond=0)
    assert invoice.due_at == fixture.clock.now() + timedelta(seconds=5)
    assert (invoice.failures, invoice.error, invoice.pay_url) == (0, None, None)


def test_the_second_time_gives_the_order_of_the_first(fixture: ShopFixture) -> None:
    checkout = fixture.begin("teapot")
    first = place(fixture, checkout)

    second = place(fixture, checkout, PaymentMethod.CARD, BY_CARD)

    assert (second.uid, second.payment_method) == (first.uid, PaymentMethod.CASH_ON_DELIVERY)


def test_an_order_by_card_goes_by_the_uid_of_its_payment(
    fixture: ShopFixture, orders: Orders
) -> None:
    place(fixture, fixture.begin("teapot"), PaymentMethod.CARD, BY_CARD)

    order = orders.find("uid-of-the-payment")

    assert (order.payment_method, order.state) == (PaymentMethod.CARD, OrderState.PAYING)
    assert order.card_payment
    assert (order.card_payment.brand, order.card_payment.last_four) == ("Visa", "1111")
    assert order.card_payment.due_at == fixture.clock.now() + timedelta(seconds=30)


def test_an_order_in_the_making_is_shown_to_nobody(fixture: ShopFixture, orders: Orders) -> None:
    place(fixture, fixture.begin("teapot"), PaymentMethod.CARD, BY_CARD)

    assert fixture.orders() == []
    with pytest.raises(NotFound):
        orders.get(fixture.person().id, BY_CARD.uid)


def test_a_customers_orders_are_their_own_and_the_newest_first(
    fixture: ShopFixture, orders: Orders
) -> None:
    first, other, second = fixture.place(), fixture.place(number=1), fixture.place()

    assert [order.uid for order in fixture.orders()] == [second.uid, first.uid]
    assert orders.get(fixture.person().id, first.uid).uid == first.uid
    with pytest.raises(NotFound):
        orders.get(fixture.person().id, other.uid)
    with pytest.raises(NotFound):
        orders.find("no-order")


def test_nobody_orders_from_anothers_checkout(fixture: ShopFixture) -> None:
    with pytest.raises(NotFound):
        place(fixture, fixture.begin("teapot", number=1))

    assert fixture.orders() == fixture.orders(1) == []


@pytest.mark.parametrize(
    ("gone", "anything_left"), [(["teapot"], True), (["teapot", "honey"], False)]
)
def test_what_has_changed_is_told_and_not_ordered(
    fixture: ShopFixture, gone: list[str], anything_left: bool
) -> None:
    checkout = fixture.begin("teapot", "honey")
    for slug in gone:
        fixture.shop.catalogue.offer(slug, on_sale=False)

    with pytest.raises(CheckoutChanged) as told:
        place(fixture, checkout)

    assert [change.code for change in told.value.changes] == ["line.gone"] * len(gone)
    assert told.value.anything_left is anything_left
    assert fixture.orders() == []


def test_an_order_for_more_than_a_bill_can_say_is_not_made(fixture: ShopFixture) -> None:
    checkout = fixture.begin("teapot")
    fixture.shop.catalogue.reprice("teapot", 999_999_99 + 1)
    with pytest.raises(CheckoutChanged):
        place(fixture, checkout)

    with pytest.raises(Refusal) as refused:
        place(fixture, checkout)

    assert (refused.value.code, str(refused.value.facts["limit"])) == (
        "cart.too-expensive",
        "999999.99 RUB",
    )
    assert (fixture.orders(), fixture.cart()) == ([], {"teapot": 1})


def test_only_an_order_to_be_paid_on_delivery_is_given_up_without_the_wallet(
    fixture: ShopFixture, orders: Orders
) -> None:
    cash, by_wallet = fixture.place(PaymentMethod.CASH_ON_DELIVERY), fixture.place()

    given_up = [orders.cancel_unbilled(cash.uid).state for _ in range(2)]
    with pytest.raises(Refusal) as refused:
        orders.cancel_unbilled(by_wallet.uid)

    assert given_up == [OrderState.CANCELLED] * 2
    assert refused.value.code == "order.not-cancellable"
    assert [order.state for order in fixture.orders()] == [WAITING, OrderState.CANCELLED]


@pytest.mark.parametrize(
    ("state", "told", "then"),
    [
        (WAITING, BillStatus.WAITING, WAITING),
        (WAITING, BillStatus.PAID, PAID),
        (WAITING, BillStatus.REJECTED, OrderState.CANCELLED),
        (WAITING, BillStatus.EXPIRED, OrderState.EXPIRED),
        (PAID, BillStatus.REJECTED, PAID),
        (OrderState.CANCELLED, BillStatus.EXPIRED, OrderState.CANCELLED),
        (OrderState.CANCELLED, BillStatus.PAID, PAID),
        (OrderState.EXPIRED, BillStatus.PAID, PAID),
    ],
)
def test_an_order_follows_its_bill(
    fixture: ShopFixture, state: OrderState, told: BillStatus, then: OrderState
) -> None:
    order = fixture.place()
    order.state = state

    follow(order, told, fixture.clock.now())

    assert order.state == then
    assert (order.payment is not None) == (told == BillStatus.PAID)


def test_money_that_is_told_of_twice_came_once_and_the_first_time(fixture: ShopFixture) -> None:
    order = fixture.place()
    first = fixture.clock.now()

    take_payment(order, first)
    take_payment(order, first + timedelta(hours=1))

    assert order.state == PAID
    assert isinstance(order.payment, PaymentRow)
    assert order.payment.paid_at == first
