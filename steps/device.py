"""The buyer's other device: another browser, in which nobody is signed in at first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Context, Page
from checkout_conformance.targets.target import Target

from .pages.invoices import Invoices
from .pages.payment import Payment
from .pages.shop import Shop
from .pages.wallet import Wallet
from .preparation import Preparation
from .support.amounts import NamedAmount
from .support.counts import count_on_page
from .support.sentences import given, then, when

# The wallet repeats its notification to the shop after five seconds.
PATIENCE_MS = 15_000


@pytest.fixture
def other_device(new_context: Callable[..., Context]) -> Iterator[Page]:
    """A tab of another browser, in which nobody is signed in."""
    page = new_context().new_page()
    yield page
    page.close()


@given("the buyer is signed in to the wallet on another device", target_fixture="wallet_elsewhere")
def signed_in_elsewhere(
    new_context: Callable[..., Context], target: Target, prepare: Preparation
) -> Wallet:
    device = Wallet.on(new_context(locale=target.locale).new_page(), target)
    prepare.enter(device)
    expect(device.balance).to_be_visible()
    return device


@then("on the other device the wallet holds {money:Money}")
def holds_elsewhere(wallet_elsewhere: Wallet, money: NamedAmount) -> None:
    wallet_elsewhere.open()
    expect(wallet_elsewhere.balance).to_contain_text(money.on_page)


@then('on the other device the history shows a payment of {money:Money} to "{payee}"')
def history_elsewhere(
    wallet_elsewhere: Wallet, target: Target, money: NamedAmount, payee: str
) -> None:
    payment = Payment.on(wallet_elsewhere.page, target)
    payment.open_history()
    expect(payment.in_history(payee, money.on_page)).to_be_visible()


@when("the buyer looks at the invoices on the other device", target_fixture="invoices_elsewhere")
def look_at_invoices(wallet_elsewhere: Wallet, target: Target) -> Invoices:
    invoices = Invoices.on(wallet_elsewhere.page, target)
    invoices.open_list()
    return invoices


@then("on the other device the wallet shows a notice of {number:Count} unpaid invoice")
def notice_elsewhere(wallet_elsewhere: Wallet, number: int) -> None:
    wallet_elsewhere.open()
    expect(wallet_elsewhere.notice).to_contain_text(count_on_page(number))


@then("on the other device the wallet shows no notice of unpaid invoices")
def no_notice_elsewhere(wallet_elsewhere: Wallet) -> None:
    wallet_elsewhere.open()
    expect(wallet_elsewhere.balance).to_be_visible()
    expect(wallet_elsewhere.notice).to_be_hidden()


@then("the invoice for {money:Money} can be paid there")
def can_be_paid_elsewhere(invoices_elsewhere: Invoices, money: NamedAmount) -> None:
    row = invoices_elsewhere.row_for(money.on_page)
    expect(invoices_elsewhere.button_beside(row, "Pay (invoice)")).to_be_visible()


@then("the invoice for {money:Money} is paid there")
def is_paid_elsewhere(invoices_elsewhere: Invoices, money: NamedAmount) -> None:
    row = invoices_elsewhere.row_for(money.on_page)
    expect(invoices_elsewhere.state_of(row, "Paid")).to_be_visible()


@then("on the other device the newest order in the shop is paid")
def order_is_paid_elsewhere(wallet_elsewhere: Wallet, target: Target, prepare: Preparation) -> None:
    shop = Shop.on(wallet_elsewhere.page, target)
    prepare.enter(shop, show=False)
    shop.open_newest_order()
    expect(shop.order_state_as("Paid").first).to_be_visible(timeout=PATIENCE_MS)
