"""What the shop does with all its rules in one hand: buying, linking, cancelling, welcoming."""

from __future__ import annotations

import pytest

from mock_sites.shared.runtime.keys import Demo
from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.shop.domain.address import Address
from mock_sites.shop.domain.shop import Shop
from mock_sites.shop.store import OrderState, PaymentMethod
from tests.support.fake_vault import refused
from tests.support.shop_fixture import ADDRESS, TYPED_CARD, ShopFixture

HOME = Address(**ADDRESS)
CAROL = Demo(phone="+79160000003", password="a-password", name="Carol")


@pytest.fixture
def shop(fixture: ShopFixture) -> Shop:
    return fixture.shop


def streets(fixture: ShopFixture) -> list[str]:
    """Where the first customer has had things delivered."""
    return [row.street for row in fixture.shop.addresses.used(fixture.person().id)]


def test_an_order_through_the_wallet_has_its_invoice_issued(
    fixture: ShopFixture, shop: Shop
) -> None:
    order = shop.buy(fixture.person(), fixture.begin("teapot"), HOME, PaymentMethod.QIWI_WALLET)

    assert (order.payment_method, order.state) == (
        PaymentMethod.QIWI_WALLET,
        OrderState.AWAITING_PAYMENT,
    )
    assert order.customer_id == fixture.person().id
    assert list(fixture.wallet.bills) == [order.uid]
    assert fixture.vault.asked == []


def test_cash_on_delivery_asks_nobody(fixture: ShopFixture, shop: Shop) -> None:
    order = shop.buy(
        fixture.person(), fixture.begin("teapot"), HOME, PaymentMethod.CASH_ON_DELIVERY
    )

    assert order.state == OrderState.PAY_ON_DELIVERY
    assert (fixture.wallet.requests, fixture.vault.asked) == ([], [])


def test_an_order_by_card_is_paid_from_the_card(fixture: ShopFixture, shop: Shop) -> None:
    order = shop.buy(
        fixture.person(), fixture.begin("teapot"), HOME, PaymentMethod.CARD, TYPED_CARD
    )

    assert order.state == OrderState.PAID
    assert list(fixture.vault.payments) == [order.uid]
    assert order.street == ADDRESS["street"]


def test_without_a_card_nothing_is_ordered_by_card(fixture: ShopFixture, shop: Shop) -> None:
    with pytest.raises(Refusal) as refused:
        shop.buy(fixture.person(), fixture.begin("teapot"), HOME, PaymentMethod.CARD)

    assert (refused.value.code, refused.value.field) == ("card.not-chosen", "payment")
    assert fixture.orders() == []


@pytest.mark.parametrize("payment_method", list(PaymentMethod))
def test_an_address_that_was_ordered_to_is_remembered(
    fixture: ShopFixture, shop: Shop, payment_method: PaymentMethod
) -> None:
    shop.buy(fixture.person(), fixture.begin("teapot"), HOME, payment_method, TYPED_CARD)

    assert streets(fixture) == [ADDRESS["street"]]


def test_an_address_that_nothing_was_ordered_to_is_not_remembered(
    fixture: ShopFixture, shop: Shop
) -> None:
    fixture.vault.says_no = refused("CARD_DECLINED")

    with pytest.raises(Refusal):
        shop.buy(fixture.person(), fixture.begin("teapot"), HOME, PaymentMethod.CARD, TYPED_CARD)

    assert streets(fixture) == []


def test_a_card_is_linked_only_on_the_way_to_buying_something(
    fixture: ShopFixture, shop: Shop
) -> None:
    shop.carts.add(fixture.person(1).id, "teapot", 1)
    with pytest.raises(Refusal) as refused:
        shop.link_card(fixture.person(), "request-1", TYPED_CARD)
    nothing_asked = fixture.vault.asked == []

    token = shop.link_card(fixture.person(1), "request-1", TYPED_CARD)

    assert (refused.value.code, refused.value.field) == ("cart.empty", None)
    assert nothing_asked
    assert [card.token for card in shop.cards.known(fixture.person(1).id)] == [token]


def test_an_order_is_cancelled_with_its_bill_where_it_has_one(
    fixture: ShopFixture, shop: Shop
) -> None:
    by_wallet, cash = fixture.place(), fixture.place(PaymentMethod.CASH_ON_DELIVERY)

    for order in (by_wallet, cash):
        shop.cancel(fixture.person().id, order.uid)

    assert {order.state for order in fixture.orders()} == {OrderState.CANCELLED}
    assert list(fixture.wallet.bills) == [by_wallet.uid]


def test_nobody_cancels_anothers_order(fixture: ShopFixture, shop: Shop) -> None:
    order = fixture.place()

    with pytest.raises(NotFound):
        shop.cancel(fixture.person(1).id, order.uid)

    assert fixture.orders()[0].state == OrderState.AWAITING_PAYMENT


def test_the_demo_people_get_an_account_once(shop: Shop) -> None:
    shop.welcome([CAROL])
    again = Demo(phone=CAROL.phone, password="another", name="Somebody else")

    shop.welcome([again])

    person = shop.people.sign_in(CAROL.phone, CAROL.password)
    assert (person.name, person.phone) == ("Carol", CAROL.phone)
    with pytest.raises(Refusal):
        shop.people.sign_in(CAROL.phone, "another")
