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
from tests.support.shop_bench import Bench

VISA = "4111111111111111"
PAY = "/payments/pay"
HALF_A_MINUTE = timedelta(seconds=30)
PAYING, PAID = OrderState.PAYING, OrderState.PAID


@pytest.fixture
def linked(bench: Bench) -> LinkedCardRow:
    """The buyer's one card, as the shop knows it."""
    token = bench.vault.link(bench.phone(), VISA)
    bench.shop.cards.refresh(bench.person())
    return bench.shop.cards.get(bench.person().id, token)


def test_a_linked_card_is_charged_by_its_token(
    bench: Bench, payments: CardPayments, linked: LinkedCardRow
) -> None:
    order = bench.pay(bench.begin("teapot"), linked)

    (asked,) = bench.vault.asked_for(PAY)
    assert asked["paymentMethod"]["paymentMethodId"] == linked.token
    assert (asked["paymentRequestId"], asked["buyer"]["phone"]) == (order.uid, bench.phone())
    assert order.state == bench.shop.orders.find(order.uid).state == PAID
    assert order.card_payment
    assert (order.card_payment.brand, order.card_payment.last_four) == ("Visa", "1111")
    assert order.payment
    assert order.payment.paid_at == bench.clock.now()


@pytest.mark.parametrize(
    ("number", "brand"), [(VISA, "Visa"), ("9999999999991234", "")], ids=["known", "unknown"]
)
def test_of_a_card_that_was_typed_its_network_and_last_figures_are_kept(
    bench: Bench, number: str, brand: str
) -> None:
    card = Card(number, "Anna Petrova", Expiry(2040, 9), "737")

    order = bench.pay(bench.begin("teapot"), card)

    (asked,) = bench.vault.asked_for(PAY)
    assert asked["paymentMethod"]["card"]["cardNo"] == number
    assert order.card_payment
    assert (order.card_payment.brand, order.card_payment.last_four) == (brand, number[-4:])


def test_each_order_from_the_same_card_is_a_payment_of_its_own(
    bench: Bench, linked: LinkedCardRow
) -> None:
    first, second = (bench.pay(bench.begin("teapot"), linked) for _ in range(2))

    assert first.uid != second.uid
    assert list(bench.vault.payments) == [first.uid, second.uid]
    assert [order.state for order in bench.orders()] == [PAID, PAID]


def test_a_checkout_that_became_an_order_is_not_paid_again(bench: Bench) -> None:
    checkout = bench.begin("teapot")
    first = bench.pay(checkout)

    second = bench.pay(checkout)

    assert second.uid == first.uid
    assert len(bench.vault.asked_for(PAY)) == 1


def test_a_refused_payment_leaves_the_cart_and_no_order(bench: Bench) -> None:
    bench.vault.says_no = refused("CARD_DECLINED")
    bench.begin("honey", quantity=3)
    checkout = bench.begin("teapot", quantity=2)

    with pytest.raises(Refusal):
        bench.pay(checkout)

    assert bench.cart() == {"honey": 3, "teapot": 2}
    left = bench.shop.checkouts.get(bench.person().id, checkout)
    assert (left.order, left.error) == (None, None)


def test_a_refusal_stands_beside_what_the_buyer_has_used(
    bench: Bench, linked: LinkedCardRow
) -> None:
    bench.vault.says_no = refused("INVALID_SECURITY_CODE")
    checkout = bench.begin("teapot")

    with pytest.raises(Refusal) as typed:
        bench.pay(checkout)
    with pytest.raises(Refusal) as chosen:
        bench.pay(checkout, linked)

    assert (typed.value.code, typed.value.field) == ("card.wrong-code", "security_code")
    assert (chosen.value.code, chosen.value.field) == ("card.wrong-code", "card")


def silent(bench: Bench, captured: bool) -> None:
    """The issuer does not answer; it has taken the money all the same, or it has not."""
    bench.vault.says_no = refused("ISSUER_UNAVAILABLE", "U")

    def decide(path: str) -> None:
        if path == "/payments/cancel":
            bench.vault.says_no = None
            (uid,) = bench.vault.payments
            if captured:
                bench.vault.payments[uid] = {"result": SUCCESS}
            else:
                del bench.vault.payments[uid]

    bench.vault.before = decide


def test_what_a_silent_issuer_did_not_decide_is_cancelled_before_it_is_refused(
    bench: Bench,
) -> None:
    silent(bench, captured=False)

    with pytest.raises(Refusal, match=r"card\.issuer-down"):
        bench.pay(bench.begin("teapot"))

    assert [one["cancelled"] for one in bench.vault.payments.values()] == ["CANCELLED"]
    assert bench.cart() == {"teapot": 1}


def test_what_a_silent_issuer_has_paid_all_the_same_is_an_order(bench: Bench) -> None:
    silent(bench, captured=True)

    assert bench.pay(bench.begin("teapot")).state == PAID


def test_where_a_silent_issuers_payment_cannot_be_cancelled_it_is_not_known(bench: Bench) -> None:
    bench.vault.says_no = refused("ISSUER_UNAVAILABLE", "U")

    def cut(path: str) -> None:
        if path == "/payments/cancel":
            raise httpx.ReadTimeout("lost")

    bench.vault.after = cut
    assert bench.pay(bench.begin("teapot")).state == PAYING


def test_with_the_vault_out_of_reach_nothing_is_ordered(bench: Bench) -> None:
    bench.vault.before = unreachable
    checkout = bench.begin("teapot")

    with pytest.raises(Refusal) as refused:
        bench.pay(checkout)

    assert (refused.value.code, refused.value.field) == ("vault.unreachable", "payment")
    assert bench.shop.checkouts.get(bench.person().id, checkout).order is None
    assert bench.cart() == {"teapot": 1}


def test_a_payment_without_an_answer_is_in_the_making_and_to_be_looked_into(
    bench: Bench, payments: CardPayments
) -> None:
    told: list[bool] = []
    payments.on_change(lambda: told.append(True))
    bench.vault.after = lost

    order = bench.pay(bench.begin("teapot"))

    assert order.state == bench.shop.orders.find(order.uid).state == PAYING
    assert told == [True]
    assert payments.process_due() == HALF_A_MINUTE
