"""What becomes of an order while the vault is asked to pay it: paid once, or taken back."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from mock_sites.shared.values.cards import Card, Expiry
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shop.card_store import LinkedCardRow
from mock_sites.shop.domain.card_payments import CardPayments
from mock_sites.shop.store import OrderState
from tests.support.fake_vault import SUCCESS, lost, refused, unreachable
from tests.support.shop_fixture import ShopFixture

VISA = "4111111111111111"
PAY = "/payments/pay"
HALF_A_MINUTE = timedelta(seconds=30)
PAYING, PAID = OrderState.PAYING, OrderState.PAID


@pytest.fixture
def linked(fixture: ShopFixture) -> LinkedCardRow:
    """The buyer's one card, as the shop knows it."""
    token = fixture.vault.link(fixture.phone(), VISA)
    fixture.shop.cards.refresh(fixture.person())
    return fixture.shop.cards.get(fixture.person().id, token)


def test_a_linked_card_is_charged_by_its_token(
    fixture: ShopFixture, payments: CardPayments, linked: LinkedCardRow
) -> None:
    order = fixture.pay(fixture.begin("teapot"), linked)

    (asked,) = fixture.vault.asked_for(PAY)
    assert asked["paymentMethod"]["paymentMethodId"] == linked.token
    assert (asked["paymentRequestId"], asked["buyer"]["phone"]) == (order.uid, fixture.phone())
    assert order.state == fixture.shop.orders.find(order.uid).state == PAID
    assert order.card_payment
    assert (order.card_payment.brand, order.card_payment.last_four) == ("Visa", "1111")
    assert order.payment
    assert order.payment.paid_at == fixture.clock.now()


@pytest.mark.parametrize(
    ("number", "brand"), [(VISA, "Visa"), ("9999999999991234", "")], ids=["known", "unknown"]
)
def test_of_a_card_that_was_typed_its_network_and_last_figures_are_kept(
    fixture: ShopFixture, number: str, brand: str
) -> None:
    card = Card(number, "Anna Petrova", Expiry(2040, 9), "737")

    order = fixture.pay(fixture.begin("teapot"), card)

    (asked,) = fixture.vault.asked_for(PAY)
    assert asked["paymentMethod"]["card"]["cardNo"] == number
    assert order.card_payment
    assert (order.card_payment.brand, order.card_payment.last_four) == (brand, number[-4:])


def test_each_order_from_the_same_card_is_a_payment_of_its_own(
    fixture: ShopFixture, linked: LinkedCardRow
) -> None:
    first, second = (fixture.pay(fixture.begin("teapot"), linked) for _ in range(2))

    assert first.uid != second.uid
    assert list(fixture.vault.payments) == [first.uid, second.uid]
    assert [order.state for order in fixture.orders()] == [PAID, PAID]


def test_a_checkout_that_became_an_order_is_not_paid_again(fixture: ShopFixture) -> None:
    checkout = fixture.begin("teapot")
    first = fixture.pay(checkout)

    second = fixture.pay(checkout)

    assert second.uid == first.uid
    assert len(fixture.vault.asked_for(PAY)) == 1


def test_a_refused_payment_leaves_the_cart_and_no_order(fixture: ShopFixture) -> None:
    fixture.vault.says_no = refused("CARD_DECLINED")
    fixture.begin("honey", quantity=3)
    checkout = fixture.begin("teapot", quantity=2)

    with pytest.raises(Refusal):
        fixture.pay(checkout)

    assert fixture.cart() == {"honey": 3, "teapot": 2}
    left = fixture.shop.checkouts.get(fixture.person().id, checkout)
    assert (left.order, left.error) == (None, None)


def test_a_refusal_stands_beside_what_the_buyer_has_used(
    fixture: ShopFixture, linked: LinkedCardRow
) -> None:
    fixture.vault.says_no = refused("INVALID_SECURITY_CODE")
    checkout = fixture.begin("teapot")

    with pytest.raises(Refusal) as typed:
        fixture.pay(checkout)
    with pytest.raises(Refusal) as chosen:
        fixture.pay(checkout, linked)

    assert (typed.value.code, typed.value.field) == ("card.wrong-code", "security_code")
    assert (chosen.value.code, chosen.value.field) == ("card.wrong-code", "card")


def silent(fixture: ShopFixture, captured: bool) -> None:
    """The issuer does not answer; it has taken the money all the same, or it has not."""
    fixture.vault.says_no = refused("ISSUER_UNAVAILABLE", "U")

    def decide(path: str) -> None:
        if path == "/payments/cancel":
            fixture.vault.says_no = None
            (uid,) = fixture.vault.payments
            if captured:
                fixture.vault.payments[uid] = {"result": SUCCESS}
            else:
                del fixture.vault.payments[uid]

    fixture.vault.before = decide


def test_what_a_silent_issuer_did_not_decide_is_cancelled_before_it_is_refused(
    fixture: ShopFixture,
) -> None:
    silent(fixture, captured=False)

    with pytest.raises(Refusal, match=r"card\.issuer-down"):
        fixture.pay(fixture.begin("teapot"))

    assert [one["cancelled"] for one in fixture.vault.payments.values()] == ["CANCELLED"]
    assert fixture.cart() == {"teapot": 1}


def test_what_a_silent_issuer_has_paid_all_the_same_is_an_order(fixture: ShopFixture) -> None:
    silent(fixture, captured=True)

    assert fixture.pay(fixture.begin("teapot")).state == PAID


def test_where_a_silent_issuers_payment_cannot_be_cancelled_it_is_not_known(
    fixture: ShopFixture,
) -> None:
    fixture.vault.says_no = refused("ISSUER_UNAVAILABLE", "U")

    def cut(path: str) -> None:
        if path == "/payments/cancel":
            raise httpx.ReadTimeout("lost")

    fixture.vault.after = cut
    assert fixture.pay(fixture.begin("teapot")).state == PAYING


def test_with_the_vault_out_of_reach_nothing_is_ordered(fixture: ShopFixture) -> None:
    fixture.vault.before = unreachable
    checkout = fixture.begin("teapot")

    with pytest.raises(Refusal) as refused:
        fixture.pay(checkout)

    assert (refused.value.code, refused.value.field) == ("vault.unreachable", "payment")
    assert fixture.shop.checkouts.get(fixture.person().id, checkout).order is None
    assert fixture.cart() == {"teapot": 1}


def test_a_payment_without_an_answer_is_in_the_making_and_to_be_looked_into(
    fixture: ShopFixture, payments: CardPayments
) -> None:
    told: list[bool] = []
    payments.on_change(lambda: told.append(True))
    fixture.vault.after = lost

    order = fixture.pay(fixture.begin("teapot"))

    assert order.state == fixture.shop.orders.find(order.uid).state == PAYING
    assert told == [True]
    assert payments.process_due() == HALF_A_MINUTE
