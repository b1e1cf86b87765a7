"""What became of an order: its invoice, its money, its state after trouble (W2.2, W2.6, C1.5)."""

from __future__ import annotations

import threading
from datetime import timedelta

from playwright.sync_api import expect
from pytest_bdd import then, when

from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target

from .controls import Controls
from .pages.shop import Shop
from .pages.shop_cards import ShopCards
from .published_cards import published_card
from .words import sentence

# The shop tries again by itself after a second, and then after ever longer ones.
PATIENCE_MS = 15_000
LOOKS, SECONDS_BETWEEN_LOOKS = 200, 0.05


@then("the order awaits its payment")
@then("ينتظر الطلب الدفع")
def order_awaits_payment(shop: Shop, target: Target) -> None:
    expect(shop.order_state).to_contain_text(target.label("Awaiting payment"))


@then("the order in the shop awaits its payment")
@then("ينتظر الطلب في المتجر الدفع")
def order_in_shop_awaits_payment(shop: Shop, target: Target) -> None:
    shop.open_newest_order()
    order_awaits_payment(shop, target)


@then("the shop shows the order as paid")
@then("يعرض المتجر الطلب على أنه مدفوع")
def shows_order_as_paid(shop: Shop, target: Target) -> None:
    paid = shop.order_state.get_by_text(target.label("Paid"), exact=True)
    # The wallet repeats its notice after five seconds; the page follows by itself.
    expect(paid.first).to_be_visible(timeout=PATIENCE_MS)


@then("the order in the shop is paid")
@then("يكون الطلب في المتجر مدفوعًا")
def order_in_shop_is_paid(shop: Shop, target: Target) -> None:
    shop.open_newest_order()
    shows_order_as_paid(shop, target)


@then("the invoice comes by itself")
@then("تأتي الفاتورة من تلقاء نفسها")
def invoice_comes(shop: Shop) -> None:
    expect(shop.control("Open the wallet")).to_be_visible(timeout=PATIENCE_MS)


@then("the shop has taken the money once")
@then("يكون المتجر قد أخذ المال مرة واحدة")
def took_money_once(shop: Shop, controls: Controls) -> None:
    times = controls.times_taken(shop.order_on_page())
    check_that("the shop has taken the money once", times == 1, f"{times} times")


@when(sentence('the buyer pays with the card "{name}" without saving it while {span:Span} pass'))
@when(sentence("يدفع المشتري بالبطاقة «{name}» من دون حفظها بينما تمضي {span:Span}"))
def pay_while_time_passes(
    cards: ShopCards, controls: Controls, buyer: Buyer, name: str, span: timedelta
) -> None:
    def pass_time() -> None:
        _wait_for_payment_under_way(controls, buyer)
        controls.advance_clock(span.total_seconds())

    cards.fill_in_card(published_card(name))
    cards.press_and_meanwhile("Confirm (card)", pass_time)


@then("every payment that was taken has its order")
@then("يكون لكل دفعة سُحبت طلبها")
def payments_have_orders(shop: Shop, controls: Controls, buyer: Buyer) -> None:
    taken = controls.times_captured(buyer.phone)
    shop.open_orders()
    expect(shop.orders).to_have_count(taken)


@then(sentence("each of the buyer's {number:Count} orders is paid"))
@then(sentence("تكون طلبات المشتري وعددها {number:Count} مدفوعة كلها"))
def each_order_is_paid(shop: Shop, target: Target, number: int) -> None:
    for place in range(number):
        shop.open_order(place)
        shows_order_as_paid(shop, target)


@then("the shop gives the payment up")
@then("يتخلى المتجر عن الدفعة")
def gives_payment_up(shop: Shop, target: Target) -> None:
    shop.press("Check again")
    expect(shop.trouble).to_contain_text(target.label("The card payment failed."))


def _wait_for_payment_under_way(controls: Controls, buyer: Buyer) -> None:
    """Wait until the vault has been asked to pay an order, and has not answered."""
    for _ in range(LOOKS):
        if "PAYING" in controls.states_of_orders(buyer.phone):
            return
        threading.Event().wait(SECONDS_BETWEEN_LOOKS)
    check_that("a payment is under way", False, controls.states_of_orders(buyer.phone))
