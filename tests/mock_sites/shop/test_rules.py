"""What the shop does with all its rules in one hand: buying, linking, cancelling, welcoming."""

from __future__ import annotations

import pytest

from mock_sites.shared.runtime.settings import Demo
from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.shop.domain.address import Address
from mock_sites.shop.domain.shop import Shop
from mock_sites.shop.store import OrderState, PaymentMethod
from tests.support.fake_vault import refused
from tests.support.shop_bench import ADDRESS, TYPED_CARD, Bench

HOME = Address(**ADDRESS)
CAROL = Demo(phone="+79160000003", password="a-password", name="Carol")


@pytest.fixture
def shop(bench: Bench) -> Shop:
    return bench.shop


def streets(bench: Bench) -> list[str]:
    """Where the first customer has had things delivered."""
    return [row.street for row in bench.shop.addresses.used(bench.person().id)]


def test_an_order_through_the_wallet_has_its_invoice_issued(bench: Bench, shop: Shop) -> None:
    order = shop.buy(bench.person(), bench.begin("teapot"), HOME, PaymentMethod.QIWI_WALLET)

    assert (order.payment_method, order.state) == (
        PaymentMethod.QIWI_WALLET,
        OrderState.AWAITING_PAYMENT,
    )
    assert order.customer_id == bench.person().id
    assert list(bench.wallet.bills) == [order.uid]
    assert bench.vault.asked == []


def test_cash_on_delivery_asks_nobody(bench: Bench, shop: Shop) -> None:
    order = shop.buy(bench.person(), bench.begin("teapot"), HOME, PaymentMethod.CASH_ON_DELIVERY)

    assert order.state == OrderState.PAY_ON_DELIVERY
    assert (bench.wallet.requests, bench.vault.asked) == ([], [])


def test_an_order_by_card_is_paid_from_the_card(bench: Bench, shop: Shop) -> None:
    order = shop.buy(bench.person(), bench.begin("teapot"), HOME, PaymentMethod.CARD, TYPED_CARD)

    assert order.state == OrderState.PAID
    assert list(bench.vault.payments) == [order.uid]
    assert order.street == ADDRESS["street"]


def test_without_a_card_nothing_is_ordered_by_card(bench: Bench, shop: Shop) -> None:
    with pytest.raises(Refusal) as refused:
        shop.buy(bench.person(), bench.begin("teapot"), HOME, PaymentMethod.CARD)

    assert (refused.value.code, refused.value.field) == ("card.not-chosen", "payment")
    assert bench.orders() == []


@pytest.mark.parametrize("payment_method", list(PaymentMethod))
def test_an_address_that_was_ordered_to_is_remembered(
    bench: Bench, shop: Shop, payment_method: PaymentMethod
) -> None:
    shop.buy(bench.person(), bench.begin("teapot"), HOME, payment_method, TYPED_CARD)

    assert streets(bench) == [ADDRESS["street"]]


def test_an_address_that_nothing_was_ordered_to_is_not_remembered(bench: Bench, shop: Shop) -> None:
    bench.vault.says_no = refused("CARD_DECLINED")

    with pytest.raises(Refusal):
        shop.buy(bench.person(), bench.begin("teapot"), HOME, PaymentMethod.CARD, TYPED_CARD)

    assert streets(bench) == []


def test_a_card_is_linked_only_on_the_way_to_buying_something(bench: Bench, shop: Shop) -> None:
    shop.carts.add(bench.person(1).id, "teapot", 1)
    with pytest.raises(Refusal) as refused:
        shop.link_card(bench.person(), "request-1", TYPED_CARD)
    nothing_asked = bench.vault.asked == []

    token = shop.link_card(bench.person(1), "request-1", TYPED_CARD)

    assert (refused.value.code, refused.value.field) == ("cart.empty", None)
    assert nothing_asked
    assert [card.token for card in shop.cards.known(bench.person(1).id)] == [token]


def test_an_order_is_cancelled_with_its_bill_where_it_has_one(bench: Bench, shop: Shop) -> None:
    by_wallet, cash = bench.place(), bench.place(PaymentMethod.CASH_ON_DELIVERY)

    for order in (by_wallet, cash):
        shop.cancel(bench.person().id, order.uid)

    assert {order.state for order in bench.orders()} == {OrderState.CANCELLED}
    assert list(bench.wallet.bills) == [by_wallet.uid]


def test_nobody_cancels_anothers_order(bench: Bench, shop: Shop) -> None:
    order = bench.place()

    with pytest.raises(NotFound):
        shop.cancel(bench.person(1).id, order.uid)

    assert bench.orders()[0].state == OrderState.AWAITING_PAYMENT


def test_the_demo_people_get_an_account_once(shop: Shop) -> None:
    shop.welcome([CAROL])
    again = Demo(phone=CAROL.phone, password="another", name="Somebody else")

    shop.welcome([again])

    person = shop.people.sign_in(CAROL.phone, CAROL.password)
    assert (person.name, person.phone) == ("Carol", CAROL.phone)
    with pytest.raises(Refusal):
        shop.people.sign_in(CAROL.phone, "another")
