"""Several invoices in the wallet: each with its own state, amount and order (W2.2-W2.6)."""

from __future__ import annotations

import re

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Locator
from checkout_conformance.expectations import expect_that
from checkout_conformance.people import Buyer

from .invoice import has_no_button, lists_so_many, says_paid, shows_invoices_for, shows_none
from .pages.invoices import Invoices
from .pages.payment import Payment
from .pages.wallet import Wallet
from .preparation import Preparation
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.dates import SOME_DATE
from .support.sentences import given, then, when

SOMETHING = re.compile(r"\S")


@given("the buyer has seen the invoices with View")
def has_seen(wallet: Wallet, invoices: Invoices) -> None:
    wallet.open()
    wallet.press("View")
    invoices.newest.wait_for()


@given("the buyer has opened the invoice for {money:Money}")
def has_opened(invoices: Invoices, money: NamedAmount) -> None:
    open_invoice(invoices, money)
    invoices.means_question.or_(invoices.wallet_means).first.wait_for()


@when("the buyer opens the invoice for {money:Money}")
def open_invoice(invoices: Invoices, money: NamedAmount) -> None:
    invoices.open_invoice_for(money.on_page)


@given("the buyer has been sent the code for the invoice for {money:Money}")
def has_been_sent_code(
    invoices: Invoices, payment: Payment, controls: Controls, buyer: Buyer, money: NamedAmount
) -> None:
    with controls.another_code(buyer.phone):
        with invoices.beforehand() as pages:
            pages.open_invoice_for(money.on_page)
            pages.ask_for_code()
        payment.wait_for_code_page()


@given("the buyer has paid the invoice for {money:Money}")
def has_paid(
    invoices: Invoices,
    payment: Payment,
    prepare: Preparation,
    controls: Controls,
    buyer: Buyer,
    money: NamedAmount,
) -> None:
    if prepare.pay_invoice(invoices, money):
        payment.receipt.wait_for()
    else:
        pay(invoices, payment, controls, buyer, money)


@when("the buyer pays the invoice for {money:Money}")
def pay(
    invoices: Invoices, payment: Payment, controls: Controls, buyer: Buyer, money: NamedAmount
) -> None:
    has_been_sent_code(invoices, payment, controls, buyer, money)
    payment.confirm_with(controls.newest_code(buyer.phone))
    payment.receipt.wait_for()


@given("the buyer has asked for another code from the list of invoices")
@when("the buyer asks for another code from the list of invoices")
def ask_from_list(invoices: Invoices) -> None:
    invoices.open_newest()
    invoices.ask_for_code()


@when('the buyer presses "{label}" beside the invoice for {money:Money}')
def press_beside(invoices: Invoices, label: str, money: NamedAmount) -> None:
    invoices.follow(invoices.button_beside(invoices.row_for(money.on_page), label))


@then("the wallet lists no invoice")
def lists_none(invoices: Invoices) -> None:
    invoices.open_list()
    shows_none(invoices)


@then("the wallet lists one invoice, for {money:Money}")
def lists_one(invoices: Invoices, money: NamedAmount) -> None:
    lists_each(invoices, 1, money)


@then("the wallet lists {number:Count} invoices, each for {money:Money}")
def lists_each(invoices: Invoices, number: int, money: NamedAmount) -> None:
    invoices.open_list()
    # The texts alone would also fit if there were more rows.
    lists_so_many(invoices, number)
    expect(invoices.rows).to_contain_text([money.on_page] * number)


@then("the invoices are for {one:Money}, for {second:Money} and for {third:Money}")
def lists_three(
    invoices: Invoices, one: NamedAmount, second: NamedAmount, third: NamedAmount
) -> None:
    shows_invoices_for(invoices, one, second, third)


@then("the newest invoice shows the shop, the amount, the due date and the state")
def newest_tells_all(invoices: Invoices) -> None:
    _tells_all(invoices, invoices.newest)


@then("each of the {number:Count} invoices shows the shop, the amount, the due date and the state")
def each_tells_all(invoices: Invoices, number: int) -> None:
    lists_so_many(invoices, number)
    for row in invoices.rows.all():
        _tells_all(invoices, row)


@then("the payment of the invoice for {money:Money} is open")
def payment_is_open(invoices: Invoices, money: NamedAmount) -> None:
    # The list shows the amount too. Whether the wallet asks for the means first is another clause.
    expect(invoices.means_question.or_(invoices.code).first).to_be_visible()
    expect(invoices.shown(money.on_page).first).to_be_visible()


@then("the invoice for {money:Money} is paid")
def is_paid(invoices: Invoices, money: NamedAmount) -> None:
    row = invoices.row_for(money.on_page)
    says_paid(invoices, row)
    expect(invoices.button_beside(row, "Pay (invoice)")).to_be_hidden()


@then("the invoice for {money:Money} can be paid")
def can_be_paid(invoices: Invoices, money: NamedAmount) -> None:
    row = invoices.row_for(money.on_page)
    expect(row).to_contain_text(invoices.target.label("Not paid"))
    expect(invoices.button_beside(row, "Pay (invoice)")).to_be_visible()


@then("the invoice for {money:Money} cannot be paid")
def cannot_be_paid(invoices: Invoices, money: NamedAmount) -> None:
    has_no_button(invoices, invoices.row_for(money.on_page), "Pay (invoice)")


@then("the wallet offers no way to pay the invoice")
def offers_no_way(invoices: Invoices) -> None:
    expect(invoices.main).to_have_text(SOMETHING)
    for way in (invoices.means_question, invoices.wallet_means, invoices.control("Pay")):
        expect(way).to_be_hidden()


@then("the history shows one payment of {money:Money}")
def history_shows_payment(payment: Payment, money: NamedAmount) -> None:
    payment.open()
    payment.open_history()
    expect(payment.history.filter(has_text=money.on_page)).to_have_count(1)


def _tells_all(invoices: Invoices, row: Locator) -> None:
    # A row without an amount is no invoice: see Invoices.rows.
    expect_that("the invoice says when it is due", expect(row).to_contain_text, SOME_DATE)
    expect(row).to_contain_text(invoices.target.label("Not paid"))
    named = expect(invoices.begin_of(row)).to_have_text
    expect_that("the invoice names the shop", named, SOMETHING)
