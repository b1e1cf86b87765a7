"""The buyer's other device: another browser, in which nobody is signed in at first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Context, Page
from checkout_conformance.targets.target import Target

from .history import history_shows
from .invoice import tells_of_none, tells_of_unpaid
from .invoice_list import can_be_paid, is_paid
from .pages.invoices import Invoices
from .pages.payment import Payment
from .pages.shop import Shop
from .pages.wallet import Wallet
from .preparation import Preparation
from .support.amounts import NamedAmount
from .support.sentences import given, then, when
from .wallet import holds

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
    device.balance.wait_for()
    return device


@then("on the other device the wallet holds {money:Money}")
def holds_elsewhere(wallet_elsewhere: Wallet, money: NamedAmount) -> None:
    holds(wallet_elsewhere, money)


@then('on the other device the history shows a payment of {money:Money} to "{payee}"')
def history_elsewhere(
    wallet_elsewhere: Wallet, target: Target, money: NamedAmount, payee: str
) -> None:
    history_shows(Payment.on(wallet_elsewhere.page, target), money, payee)


@when("the buyer looks at the invoices on the other device", target_fixture="invoices_elsewhere")
def look_at_invoices(wallet_elsewhere: Wallet, target: Target) -> Invoices:
    invoices = Invoices.on(wallet_elsewhere.page, target)
    invoices.open_list()
    return invoices


@then("on the other device the wallet shows a notice of {number:Count} unpaid invoice")
def notice_elsewhere(wallet_elsewhere: Wallet, number: int) -> None:
    wallet_elsewhere.open()
    tells_of_unpaid(wallet_elsewhere, number)


@then("on the other device the wallet shows no notice of unpaid invoices")
def no_notice_elsewhere(wallet_elsewhere: Wallet) -> None:
    wallet_elsewhere.open()
    tells_of_none(wallet_elsewhere)


@then("the invoice for {money:Money} can be paid there")
def can_be_paid_elsewhere(invoices_elsewhere: Invoices, money: NamedAmount) -> None:
    can_be_paid(invoices_elsewhere, money)


@then("the invoice for {money:Money} is paid there")
def is_paid_elsewhere(invoices_elsewhere: Invoices, money: NamedAmount) -> None:
    is_paid(invoices_elsewhere, money)


@then("on the other device the newest order in the shop is paid")
def order_is_paid_elsewhere(wallet_elsewhere: Wallet, target: Target, prepare: Preparation) -> None:
    shop = Shop.on(wallet_elsewhere.page, target)
    prepare.enter(shop, show=False)
    shop.open_newest_order()
    expect(shop.order_state_as("Paid").first).to_be_visible(timeout=PATIENCE_MS)
