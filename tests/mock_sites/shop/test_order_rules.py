"""What an order holds, who sees it, and what makes it paid or ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.shop.domain.address import Address
from mock_sites.shop.domain.bills import BillStatus
from mock_sites.shop.domain.orders import ByCard, CheckoutChanged, Orders, follow, take_payment
from mock_sites.shop.store import OrderRow, OrderState, PaymentMethod, PaymentRow
from tests.support.shop_bench import ADDRESS, Bench

BY_CARD = ByCard("uid-of-the-payment", "Visa", "1111")
WAITING, PAID = OrderState.AWAITING_PAYMENT, OrderState.PAID


@pytest.fixture
def orders(bench: Bench) -> Orders:
    return bench.shop.orders


def place(
    bench: Bench,
    checkout: str,
    payment_method: PaymentMethod = PaymentMethod.CASH_ON_DELIVERY,
    by_card: ByCard | None = None,
) -> OrderRow:
    orders = bench.shop.orders
    return orders.place(bench.person().id, checkout, Address(**ADDRESS), payment_method, by_card)


def test_an_order_keeps_who_receives_it_where_and_what_it_costs(
    bench: Bench, orders: Orders
) -> None:
    checkout = bench.begin("teapot", "honey", quantity=2)

    order = orders.find(place(bench, checkout).uid)

    assert {name: getattr(order, name) for name in ADDRESS} == ADDRESS
    assert (order.customer_id, order.checkout_uid) == (bench.person().id, checkout)
    assert str(order.total) == "6140.00 RUB"
    assert order.placed_at == bench.clock.now()
    assert (order.invoice, order.payment, order.card_payment) == (None, None, None)


def test_an_order_keeps_its_lines_as_they_were_named_and_priced(
    bench: Bench, orders: Orders
) -> None:
    bench.shop.carts.add(bench.person().id, "teapot", 3)
    bench.clock.advance(timedelta(seconds=1))
    order = place(bench, bench.begin("teapot", "honey"))
    bench.shop.catalogue.reprice("teapot", 1)

    lines = orders.find(order.uid).lines

    assert [(line.product_slug, line.name, line.quantity, line.price_minor) for line in lines] == [
        ("teapot", "Porcelain teapot", 4, 238_000),
        ("honey", "Linden honey, 500 g", 1, 69_000),
    ]


def test_what_is_ordered_leaves_the_cart_and_the_rest_stays(bench: Bench) -> None:
    bench.begin("honey")

    place(bench, bench.begin("teapot"))

    assert bench.cart() == {"honey": 1}


@pytest.mark.parametrize(
    ("payment_method", "state", "has_invoice"),
    [
        (PaymentMethod.QIWI_WALLET, WAITING, True),
        (PaymentMethod.CASH_ON_DELIVERY, OrderState.PAY_ON_DELIVERY, False),
    ],
)
def test_the_payment_method_says_how_an_order_begins(
    bench: Bench, payment_method: PaymentMethod, state: OrderState, has_invoice: bool
) -> None:
    order = place(bench, bench.begin("teapot"), payment_method)

    assert (order.payment_method, order.state) == (payment_method, state)
    assert (order.invoice is not None) == has_invoice


def test_an_invoice_can_be_paid_for_a_day_to_the_second_of_its_bill(bench: Bench) -> None:
    invoice = bench.place().invoice

    assert invoice
    in_a_day = bench.clock.now() + timedelta(hours=24)
    assert invoice.expires_at == in_a_day.replace(microsecond=0)
    assert invoice.due_at == bench.clock.now() + timedelta(seconds=5)
    assert (invoice.failures, invoice.error, invoice.pay_url) == (0, None, None)


def test_the_second_time_gives_the_order_of_the_first(bench: Bench) -> None:
    checkout = bench.begin("teapot")
    first = place(bench, checkout)

    second = place(bench, checkout, PaymentMethod.CARD, BY_CARD)

    assert (second.uid, second.payment_method) == (first.uid, PaymentMethod.CASH_ON_DELIVERY)


def test_an_order_by_card_goes_by_the_uid_of_its_payment(bench: Bench, orders: Orders) -> None:
    place(bench, bench.begin("teapot"), PaymentMethod.CARD, BY_CARD)

    order = orders.find("uid-of-the-payment")

    assert (order.payment_method, order.state) == (PaymentMethod.CARD, OrderState.PAYING)
    assert order.card_payment
    assert (order.card_payment.brand, order.card_payment.last_four) == ("Visa", "1111")
    assert order.card_payment.due_at == bench.clock.now() + timedelta(seconds=30)


def test_an_order_in_the_making_is_shown_to_nobody(bench: Bench, orders: Orders) -> None:
    place(bench, bench.begin("teapot"), PaymentMethod.CARD, BY_CARD)

    assert bench.orders() == []
    with pytest.raises(NotFound):
        orders.get(bench.person().id, BY_CARD.uid)


def test_a_customers_orders_are_their_own_and_the_newest_first(
    bench: Bench, orders: Orders
) -> None:
    first, other, second = bench.place(), bench.place(number=1), bench.place()

    assert [order.uid for order in bench.orders()] == [second.uid, first.uid]
    assert orders.get(bench.person().id, first.uid).uid == first.uid
    with pytest.raises(NotFound):
        orders.get(bench.person().id, other.uid)
    with pytest.raises(NotFound):
        orders.find("no-order")


def test_nobody_orders_from_anothers_checkout(bench: Bench) -> None:
    with pytest.raises(NotFound):
        place(bench, bench.begin("teapot", number=1))

    assert bench.orders() == bench.orders(1) == []


@pytest.mark.parametrize(
    ("gone", "anything_left"), [(["teapot"], True), (["teapot", "honey"], False)]
)
def test_what_has_changed_is_told_and_not_ordered(
    bench: Bench, gone: list[str], anything_left: bool
) -> None:
    checkout = bench.begin("teapot", "honey")
    for slug in gone:
        bench.shop.catalogue.offer(slug, on_sale=False)

    with pytest.raises(CheckoutChanged) as told:
        place(bench, checkout)

    assert [change.code for change in told.value.changes] == ["line.gone"] * len(gone)
    assert told.value.anything_left is anything_left
    assert bench.orders() == []


def test_an_order_for_more_than_a_bill_can_say_is_not_made(bench: Bench) -> None:
    checkout = bench.begin("teapot")
    bench.shop.catalogue.reprice("teapot", 999_999_99 + 1)
    with pytest.raises(CheckoutChanged):
        place(bench, checkout)

    with pytest.raises(Refusal) as refused:
        place(bench, checkout)

    assert (refused.value.code, str(refused.value.facts["limit"])) == (
        "cart.too-expensive",
        "999999.99 RUB",
    )
    assert (bench.orders(), bench.cart()) == ([], {"teapot": 1})


def test_only_an_order_to_be_paid_on_delivery_is_given_up_without_the_wallet(
    bench: Bench, orders: Orders
) -> None:
    cash, by_wallet = bench.place(PaymentMethod.CASH_ON_DELIVERY), bench.place()

    given_up = [orders.cancel_unbilled(cash.uid).state for _ in range(2)]
    with pytest.raises(Refusal) as refused:
        orders.cancel_unbilled(by_wallet.uid)

    assert given_up == [OrderState.CANCELLED] * 2
    assert refused.value.code == "order.not-cancellable"
    assert [order.state for order in bench.orders()] == [WAITING, OrderState.CANCELLED]


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
    bench: Bench, state: OrderState, told: BillStatus, then: OrderState
) -> None:
    order = bench.place()
    order.state = state

    follow(order, told, bench.clock.now())

    assert order.state == then
    assert (order.payment is not None) == (told == BillStatus.PAID)


def test_money_that_is_told_of_twice_came_once_and_the_first_time(bench: Bench) -> None:
    order = bench.place()
    first = bench.clock.now()

    take_payment(order, first)
    take_payment(order, first + timedelta(hours=1))

    assert order.state == PAID
    assert isinstance(order.payment, PaymentRow)
    assert order.payment.paid_at == first
