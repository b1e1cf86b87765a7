"""Invoices from shops in the wallet (W2.3-W2.6)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .pages.invoices import Invoices
from .pages.payment import Payment
from .pages.shop import Shop
from .pages.wallet import Wallet
from .preparation import Preparation
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.counts import count_on_page
from .support.sentences import given, then, when

SOMETHING = re.compile(r"\S")


@pytest.fixture
def invoices(page: Page, target: Target) -> Invoices:
    """The invoices in the buyer's wallet."""
    return Invoices.on(page, target)


@given("the buyer is at the wallet's home page")
def at_home(wallet: Wallet) -> None:
    wallet.open()


@given('the buyer has opened the invoice of an order of "{product}"')
def opened_invoice(shop: Shop, wallet: Wallet, prepare: Preparation, product: str) -> None:
    prepare.order_with_wallet(shop, product, show=False)
    with wallet.beforehand() as pages:
        pages.open_newest_invoice()


@given('the buyer has been sent the code for an order of "{product}"')
def sent_code(
    shop: Shop, wallet: Wallet, payment: Payment, prepare: Preparation, product: str
) -> None:
    prepare.ask_for_code(shop, wallet, product)
    payment.wait_for_code_page()


@given('the buyer has paid an order of "{product}" with the wallet')
def has_paid_order(
    shop: Shop,
    wallet: Wallet,
    payment: Payment,
    controls: Controls,
    buyer: Buyer,
    prepare: Preparation,
    product: str,
) -> None:
    sent_code(shop, wallet, payment, prepare, product)
    payment.confirm_with(controls.newest_code(buyer.phone))
    payment.receipt.wait_for()


@when('the buyer orders and pays "{product}" with the wallet')
def order_and_pay(
    page: Page, shop: Shop, target: Target, controls: Controls, buyer: Buyer, product: str
) -> None:
    shop.order_with_wallet(product)
    shop.wait_for_order()
    Invoices.on(page, target).open_newest()
    _pay_invoice(page, target, controls, buyer)
    Payment.on(page, target).receipt.wait_for()


@given("the buyer has paid the same invoice in another tab")
def paid_in_another_tab(page: Page, target: Target, controls: Controls, buyer: Buyer) -> None:
    tab = page.context.new_page()
    Invoices.on(tab, target).open_newest()
    _pay_invoice(tab, target, controls, buyer)
    Payment.on(tab, target).receipt.wait_for()


@given("the buyer has asked for the code")
def asked_for_code(invoices: Invoices, payment: Payment) -> None:
    invoices.ask_for_code()
    payment.wait_for_code_page()


@given("the buyer has waited {span:Span} and asked for the code")
@asks("clock", span_in="span")
def waited_and_asked(
    controls: Controls, invoices: Invoices, payment: Payment, span: timedelta
) -> None:
    controls.advance_clock(span.total_seconds())
    asked_for_code(invoices, payment)


@when("the buyer pays with the wallet")
def pay(page: Page, target: Target, controls: Controls, buyer: Buyer) -> None:
    _pay_invoice(page, target, controls, buyer)


@when('the buyer presses "{label}" beside the newest invoice')
def press_beside_newest(invoices: Invoices, label: str) -> None:
    invoices.follow(invoices.button_beside(invoices.newest, label))


@given("the buyer has opened the list of invoices")
@when("the buyer opens the list of invoices")
def open_list(invoices: Invoices) -> None:
    invoices.open_list()


@when("the buyer goes back to the payment methods")
def go_back_to_means(invoices: Invoices) -> None:
    # Where they share a page with Pay, the buyer is still there: the answer is taken back.
    if invoices.means_question.is_visible():
        invoices.page.goto(invoices.page.url)
    else:
        invoices.go_back()


@when("that buyer opens the list of invoices", target_fixture="other_invoices")
def other_opens_list(other_wallet: Wallet, target: Target) -> Invoices:
    invoices = Invoices.on(other_wallet.page, target)
    invoices.open_list()
    return invoices


@then("that buyer has no invoice")
def other_has_none(other_invoices: Invoices) -> None:
    shows_none(other_invoices)


def shows_none(invoices: Invoices) -> None:
    """Check that the open list of invoices is empty."""
    expect(invoices.heading).to_contain_text(invoices.target.label("Invoices"))
    expect(invoices.rows).to_have_count(0)


@then(
    "the wallet shows a notice of {number:Count} unpaid invoices",
    "the wallet shows a notice of {number:Count} unpaid invoice",
)
def tells_of_unpaid(wallet: Wallet, number: int) -> None:
    expect(wallet.notice).to_contain_text(count_on_page(number))


@then("the wallet shows no notice of unpaid invoices")
def tells_of_none(wallet: Wallet) -> None:
    expect(wallet.balance).to_be_visible()
    expect(wallet.notice).to_be_hidden()


@then("the newest invoice is for {money:Money} and not paid")
def newest_is_unpaid(invoices: Invoices, money: NamedAmount) -> None:
    expect(invoices.newest).to_contain_text(money.on_page)
    expect(invoices.newest).to_contain_text(invoices.target.label("Not paid"))


@then("the newest invoice is for {money:Money} and paid")
def newest_is_paid(invoices: Invoices, money: NamedAmount) -> None:
    expect(invoices.newest).to_contain_text(money.on_page)
    says_paid(invoices, invoices.newest)


def says_paid(invoices: Invoices, row: Locator) -> None:
    """Check that the list says of an invoice that it is paid."""
    expect(invoices.state_of(row, "Paid")).to_be_visible()


@then("the invoices are for {one:Money} and for {other:Money}")
def lists_both(invoices: Invoices, one: NamedAmount, other: NamedAmount) -> None:
    shows_invoices_for(invoices, one, other)


def shows_invoices_for(invoices: Invoices, *amounts: NamedAmount) -> None:
    """Check that the open list has an invoice for each of several amounts, and no other."""
    lists_so_many(invoices, len(amounts))
    for amount in amounts:
        expect(invoices.row_for(amount.on_page)).to_have_count(1)


def lists_so_many(invoices: Invoices, number: int) -> None:
    """Check the number of invoices in the open list."""
    expect(invoices.rows).to_have_count(number)


@then('there is no "{label}" beside the newest invoice')
def no_button_beside_newest(invoices: Invoices, label: str) -> None:
    has_no_button(invoices, invoices.newest, label)


def has_no_button(invoices: Invoices, row: Locator, label: str) -> None:
    """Check that an invoice is listed, without a button or a link of that label."""
    expect(row).to_be_visible()
    expect(invoices.button_beside(row, label)).to_be_hidden()


@then("the wallet asks for the payment method before anything else")
def asks_for_means(invoices: Invoices) -> None:
    expect(invoices.means_question).to_be_visible()
    expect(invoices.wallet_means).to_be_enabled()
    for later in (invoices.pay_at_once, invoices.code):
        expect(later).to_be_hidden()


@then("the wallet offers other payment methods, which are not enabled")
def other_means_are_disabled(invoices: Invoices) -> None:
    expect(invoices.other_means.first).to_be_disabled()
    for means in invoices.other_means.all():
        expect(means).to_be_disabled()
    for means in invoices.other_means_with_words.all():
        expect(means).to_be_visible()
        expect(means).to_have_accessible_description(SOMETHING)


@then("the receipt shows {money:Money} for the shop")
def receipt_for_shop(payment: Payment, money: NamedAmount) -> None:
    expect(payment.receipt).to_contain_text(money.on_page)


@then("the wallet says that the balance is too low")
def says_balance_short(payment: Payment) -> None:
    expect(payment.announcements.first).to_be_visible()


def _pay_invoice(page: Page, target: Target, controls: Controls, buyer: Buyer) -> None:
    payment = Payment.on(page, target)
    with controls.another_code(buyer.phone):
        Invoices.on(page, target).ask_for_code()
        payment.wait_for_code_page()
    payment.confirm_with(controls.newest_code(buyer.phone))
