"""The order of another buyer, whose invoice and money are nobody else's (W2.2-W2.6)."""

from __future__ import annotations

from collections.abc import Callable

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Context, Page
from checkout_conformance.people import invent_buyer
from checkout_conformance.targets.target import Target

from .order import order_in_shop_awaits_payment
from .pages.shop import Shop
from .pages.wallet import Wallet
from .preparation import Preparation
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.sentences import given, then, when


@given('another buyer has ordered "{product}" with the wallet', target_fixture="shop_of_other")
def other_has_ordered(
    new_context: Callable[..., Context],
    target: Target,
    controls: Controls,
    buyer_seed: str,
    product: str,
) -> Shop:
    other = invent_buyer(f"{buyer_seed} other customer")
    controls.add_wallet_buyer(other.phone, other.password, other.name, {})
    controls.add_shop_customer(other.phone, other.password, other.name)
    prepare, shop = Preparation(controls, other), Shop.on(new_context().new_page(), target)
    prepare.enter(shop, show=False)
    prepare.order_with_wallet(shop, product, show=False)
    return shop


@when("that buyer opens the address of the invoice")
def other_opens_invoice(page: Page, other_wallet: Wallet) -> None:
    other_wallet.page.goto(page.url)


@then("that buyer's order in the shop awaits its payment")
def others_order_awaits_payment(shop_of_other: Shop) -> None:
    order_in_shop_awaits_payment(shop_of_other)


@when("that buyer opens the address of the order")
def other_opens_order(page: Page, shop_of_other: Shop) -> None:
    shop_of_other.page.goto(page.url)


@then("that buyer sees no order for {money:Money}")
def other_sees_no_order(shop_of_other: Shop, money: NamedAmount) -> None:
    expect(shop_of_other.document).not_to_contain_text(money.on_page)
    # A shop that shows no order at all must not pass.
    order_in_shop_awaits_payment(shop_of_other)
