"""What is bought together: several products, several pieces, several orders (W2.1, W2.2)."""

from __future__ import annotations

from datetime import timedelta

from checkout_conformance.drivers.expect import expect
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import not_offered

from .currency import expect_products
from .pages.shop import Shop
from .preparation import Preparation
from .shop import lies_in_cart
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.sentences import given, then, when

TEN_SECONDS = timedelta(seconds=10)


@given('the cart contains "{one}", "{other}" and {number:Count} pieces of "{third}"')
def three_in_cart(
    shop: Shop, prepare: Preparation, one: str, other: str, number: int, third: str
) -> None:
    prepare.fill_cart(shop, one, other, *[third] * number)
    # A cart that was filled wrongly would prove nothing about the order.
    for product in (one, other, third):
        shop.line(product).wait_for()


@given('the buyer is ready to confirm an order of "{one}" and "{other}" out of the cart')
@asks("ticks")
def ready_to_confirm_some(shop: Shop, one: str, other: str) -> None:
    shop.tick(one)
    shop.tick(other)
    shop.press("Buy")
    shop.get_ready_to_confirm()


@given("the buyer has filled in the checkout for the wallet")
def filled_in_checkout(shop: Shop) -> None:
    shop.get_ready_to_confirm()


@given("the same order is ready to confirm in another tab", target_fixture="second_tab")
def ready_in_another_tab(shop: Shop) -> Shop:
    tab = shop.copy_tab()
    tab.get_ready_to_confirm()
    return tab


@given('the buyer has chosen "{answer}" and none of its options')
def chosen_without_option(shop: Shop, answer: str) -> None:
    shop.choose(answer)
    if any(option.is_checked() for option in shop.online_options.all()):
        not_offered("a payment online without a chosen option")


@given('the buyer has ordered "{one}", "{other}" and "{third}" with the wallet, one by one')
def ordered_three(shop: Shop, prepare: Preparation, one: str, other: str, third: str) -> None:
    prepare.order_one_by_one(shop, one, other, third)


@given('the buyer has ordered "{product}" with the wallet {times:Count} times')
def ordered_often(shop: Shop, prepare: Preparation, product: str, times: int) -> None:
    prepare.order_one_by_one(shop, *[product] * times)


@given('the buyer has ordered "{product}" with the wallet and waited {span:Span}')
@asks("clock", span_in="span")
def ordered_and_waited(
    shop: Shop, prepare: Preparation, controls: Controls, product: str, span: timedelta
) -> None:
    prepare.order_with_wallet(shop, product, show=False)
    controls.advance_clock(span.total_seconds())


@when("the buyer confirms the order in both tabs, 10 seconds apart")
@asks("clock", span=TEN_SECONDS)
def confirm_in_both(shop: Shop, second_tab: Shop, controls: Controls) -> None:
    shop.press("Confirm order")
    shop.wait_for_order()
    controls.advance_clock(TEN_SECONDS.total_seconds())
    second_tab.press("Confirm order")
    second_tab.wait_for_order()


@then('the purchase has "{one}", "{other}" and "{third}"')
def purchase_has(shop: Shop, one: str, other: str, third: str) -> None:
    expect_products(shop, shop.purchase, dict.fromkeys((one, other, third), 1))


@then("the purchase comes to {money:Money}")
def purchase_comes_to(shop: Shop, money: NamedAmount) -> None:
    expect(shop.purchase).to_contain_text(money.on_page)


@then("the page asks for {money:Money}, or for no amount")
def page_asks_for(shop: Shop, money: NamedAmount) -> None:
    # The cent that is held on a card is no price.
    amounts = [amount for amount in shop.list_of_amounts(shop.main) if amount >= 1]
    # A page need not say what is to be paid. It may also list the prices alone.
    are_listed = len(amounts) > 1 and sum(amounts) == money.value
    if amounts and not are_listed:
        expect(shop.main).to_contain_text(money.on_page)


@then('the line "{label}", if there is one, says {money:Money}')
def line_says(shop: Shop, label: str, money: NamedAmount) -> None:
    line = shop.line_with(label)
    if line.count():
        expect(line).to_contain_text(money.on_page)


@then('only "{product}" is left in the cart')
def only_left(shop: Shop, product: str) -> None:
    shop.open()
    shop.open_in_menu("Cart")
    lies_in_cart(shop, product)
    expect(shop.cart_rows()).to_have_count(1)
