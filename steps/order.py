"""The state of an order: its invoice, its payment, after a failure too (W2.2, W2.6, C1.5)."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

from checkout_conformance.drivers.expect import expect
from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target, not_offered

from .pages.shop import Shop
from .pages.shop_cards import ShopCards
from .pages.wallet import Wallet
from .shop import has_orders
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.published_cards import published_card
from .support.sentences import given, then, when

# The shop retries after a second, then after longer and longer pauses.
PATIENCE_MS = 15_000
LOOKS_AT_ORDER = 5
WEB_ADDRESS = re.compile(r"https?://(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
LOOKS, SECONDS_BETWEEN_LOOKS = 200, 0.05


@given("the buyer has cancelled the second newest order in the shop")
def cancelled_second_newest(shop: Shop, target: Target) -> None:
    shop.open_order(1)
    shop.press("Cancel order")
    shop.order_state_as("Awaiting payment").wait_for(state="hidden")


@given("the buyer has opened the wallet from the link of the second newest order")
def came_from_second_newest(shop: Shop) -> None:
    shop.open_order(1)
    shop.press("Open the wallet")


@given("the buyer has gone back to the order in the shop")
def has_gone_back_to_order(shop: Shop) -> None:
    with shop.beforehand() as pages:
        pages.open_newest_order()


@when("the buyer returns to the shop without paying")
def return_unpaid(shop: Shop) -> None:
    shop.open_newest_order()
    address = shop.return_address()
    if address is None:
        not_offered("an address to return to from the wallet")
    what = "the shop tells the wallet an address to which the buyer can return"
    check_that(what, WEB_ADDRESS.match(address) is not None, "something else")
    shop.press("Open the wallet")
    shop.page.goto(address)


@when("the buyer cancels the paid order, if the shop lets it be cancelled")
def cancel_paid(shop: Shop) -> None:
    shop.open_newest_order()
    shows_order_as_paid(shop)
    if shop.control("Cancel order").is_visible():
        shop.press("Cancel order")


@then("the order is still paid, or the wallet holds {money:Money} again")
def paid_or_money_back(shop: Shop, wallet: Wallet, money: NamedAmount) -> None:
    has_orders(shop, 1)
    shop.open_newest_order()
    shop.order_state.wait_for()
    if not shop.order_state_as("Paid").count():
        wallet.open()
        expect(wallet.balance).to_contain_text(money.on_page)


@then("of the buyer's {number:Count} orders only the second newest is paid")
def only_second_newest_is_paid(shop: Shop, number: int) -> None:
    has_orders(shop, number)
    shop.open_order(1)
    shows_order_as_paid(shop)
    for place in {*range(number)} - {1}:
        shop.open_order(place)
        order_awaits_payment(shop)


@then("the order awaits its payment")
def order_awaits_payment(shop: Shop) -> None:
    shop.show_order()
    expect(shop.waiting).to_be_visible()


@then("the order in the shop awaits its payment")
def order_in_shop_awaits_payment(shop: Shop) -> None:
    shop.open_newest_order()
    order_awaits_payment(shop)


@then("the order is kept and awaits its payment")
@asks("late invoices", site="shop")
def kept_order_awaits_payment(shop: Shop) -> None:
    order_in_shop_awaits_payment(shop)


@then("the shop shows the order as paid")
def shows_order_as_paid(shop: Shop) -> None:
    # The wallet repeats its notification after five seconds. A page need not update by itself.
    paid = expect(shop.order_state_as("Paid").first)
    for _ in range(LOOKS_AT_ORDER - 1):
        try:
            paid.to_be_visible(timeout=PATIENCE_MS / LOOKS_AT_ORDER)
        except AssertionError:
            shop.page.goto(shop.page.url)
        else:
            return
    paid.to_be_visible(timeout=PATIENCE_MS / LOOKS_AT_ORDER)


@then("the order in the shop is paid")
def order_in_shop_is_paid(shop: Shop) -> None:
    shop.open_newest_order()
    shows_order_as_paid(shop)


@then("no order in the shop's list awaits its payment")
def none_awaits_payment(shop: Shop) -> None:
    shop.open_orders()
    waiting = shop.orders.filter(has_text=shop.target.label("Awaiting payment"))
    expect(waiting).to_have_count(0)


@then("the invoice comes by itself")
@asks("late invoices", site="shop")
def invoice_comes(shop: Shop) -> None:
    shop.show_order()
    expect(shop.control("Open the wallet")).to_be_visible(timeout=PATIENCE_MS)


@then("the shop has taken the money once")
@asks("records")
def took_money_once(shop: Shop, controls: Controls) -> None:
    times = controls.times_taken(shop.order_on_page())
    check_that("the shop has taken the money once", times == 1, f"{times} times")


@when('the buyer pays with the card "{name}" without saving it while {span:Span} pass')
@asks("clock", "records")
def pay_while_time_passes(
    cards: ShopCards, controls: Controls, buyer: Buyer, name: str, span: timedelta
) -> None:
    def pass_time() -> None:
        _wait_for_payment_under_way(controls, buyer)
        controls.advance_clock(span.total_seconds())

    cards.fill_in_card(published_card(name))
    cards.leave_unsaved()
    cards.press_and_meanwhile("Confirm (card)", pass_time)


@when("the buyer confirms the order in two tabs, {span:Span} apart")
@asks("clock", span_in="span")
def confirm_in_two_tabs(shop: Shop, controls: Controls, span: timedelta) -> None:
    tab = shop.copy_tab()
    if tab.asks_for("City"):
        tab.give_address()
    shop.press("Confirm order")
    shop.wait_for_order()
    controls.advance_clock(span.total_seconds())
    tab.press("Confirm order")
    tab.close()


@then("every payment that was taken has its order")
@asks("records")
def payments_have_orders(shop: Shop, controls: Controls, buyer: Buyer) -> None:
    has_orders(shop, controls.times_captured(buyer.phone))


@then("each of the buyer's {number:Count} orders is paid")
def each_order_is_paid(shop: Shop, number: int) -> None:
    for place in range(number):
        shop.open_order(place)
        shows_order_as_paid(shop)


@then("the shop says that the payment failed")
def gives_payment_up(shop: Shop) -> None:
    shop.press("Check again")
    expect(shop.announcements.first).to_be_visible()


def _wait_for_payment_under_way(controls: Controls, buyer: Buyer) -> None:
    """Wait until the shop has asked the vault for the payment and has no answer yet."""
    states = controls.states_of_orders(buyer.phone)
    for _ in range(LOOKS):
        if "PAYING" in states:
            break
        threading.Event().wait(SECONDS_BETWEEN_LOOKS)
        states = controls.states_of_orders(buyer.phone)
    check_that("a payment is under way", "PAYING" in states, states)
