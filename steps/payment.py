"""A payment in the wallet: the form, the check, the code, the receipt (W1.4-W1.6, W2.6)."""

from __future__ import annotations

import pytest

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Page
from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target, not_offered

from .buyer import marked_field
from .data import data, quoted
from .pages.payment import Payment
from .pages.wallet import Wallet
from .preparation import Preparation
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.payees import STEAM
from .support.sentences import given, then, when
from .support.typos import with_another_last_digit


@pytest.fixture
def payment(page: Page, target: Target) -> Payment:
    """The pages of the buyer's payment, in the buyer's browser."""
    return Payment.on(page, target)


def _wrong_code(controls: Controls, buyer: Buyer) -> str:
    """The code of the newest message, wrong in its last digit only, and in no other message."""
    sent = controls.codes(buyer.phone, 1)
    code = with_another_last_digit(sent[-1])
    while code in sent:
        code = with_another_last_digit(code)
    return code


@given('the buyer is at the form of "{payee}" in the category "{category}"')
def at_form(wallet: Wallet, prepare: Preparation, payee: str, category: str) -> None:
    prepare.enter(wallet, show=False)
    with wallet.beforehand() as pages:
        pages.open()
        pages.open_payee(category, payee)


@given('the buyer is about to check a payment of {money:Money} to the Steam account "{account}"')
def about_to_check(wallet: Wallet, prepare: Preparation, money: NamedAmount, account: str) -> None:
    prepare.begin_payment(wallet, account, money, "checked")


@given(
    "the buyer has been sent the code for a payment of {money:Money} to the"
    + ' Steam account "{account}"'
)
def was_sent_code(
    wallet: Wallet, payment: Payment, prepare: Preparation, money: NamedAmount, account: str
) -> None:
    prepare.begin_payment(wallet, account, money, "code sent")
    payment.wait_for_code_page()


@given("the buyer has begun another payment", target_fixture="first_code")
def began_another(wallet: Wallet, payment: Payment, controls: Controls, buyer: Buyer) -> str:
    first_code = controls.newest_code(buyer.phone)
    wallet.open_payee("Entertainment", "Steam")
    payment.send_form(STEAM.field, quoted("day_owl_43"), "150.00")
    with controls.another_code(buyer.phone):
        payment.press("Confirm")
        payment.wait_for_code_page()
    return first_code


@given("the buyer has spent {money:Money} in another tab")
def spent_in_another_tab(
    page: Page, target: Target, controls: Controls, buyer: Buyer, money: NamedAmount
) -> None:
    tab = page.context.new_page()
    wallet, payment = Wallet.on(tab, target), Payment.on(tab, target)
    wallet.open()
    wallet.open_payee("Entertainment", "Steam")
    pay(payment, controls, buyer, money, quoted("day_owl_43"), STEAM.field)
    payment.receipt.wait_for()


@given("the buyer has asked for a new code")
def has_asked_for_new_code(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    with controls.another_code(buyer.phone):
        payment.ask_for_new_code()


@given("the buyer has asked for a new code, which is not the old one")
def has_asked_for_other_code(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    has_asked_for_new_code(payment, controls, buyer)
    codes = controls.codes(buyer.phone, 2)
    if codes[0] == codes[-1]:
        not_offered("a new code that is not the old one")


@when("the buyer asks for a new code")
def ask_for_new_code(payment: Payment) -> None:
    payment.ask_for_new_code()


@given('the buyer has paid {money:Money} to the Steam account "{account}"')
def has_paid(
    wallet: Wallet,
    payment: Payment,
    prepare: Preparation,
    controls: Controls,
    buyer: Buyer,
    money: NamedAmount,
    account: str,
) -> None:
    prepare.begin_payment(wallet, account, money, "code sent")
    confirm_begun(payment, controls, buyer)
    payment.receipt.wait_for()


def confirm_begun(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    """Confirm a payment whose code was sent beforehand with that code."""
    payment.wait_for_code_page()
    payment.confirm_with(controls.newest_code(buyer.phone))


@when('the buyer goes on to pay {money:Money} to the Steam account "{account}"')
def pay_steam(
    wallet: Wallet,
    payment: Payment,
    controls: Controls,
    buyer: Buyer,
    money: NamedAmount,
    account: str,
) -> None:
    wallet.open()
    wallet.open_payee(STEAM.category, STEAM.name)
    pay(payment, controls, buyer, money, account, STEAM.field)


@given('the buyer has sent the form with the account "{account}" and the amount "{amount}"')
@when('the buyer sends the form with the account "{account}" and the amount "{amount}"')
def send_form(payment: Payment, account: str, amount: str) -> None:
    payment.send_form(STEAM.field, account, amount)


@when('the buyer pays {money:Money} with "{number}" as "{field}"')
def pay(
    payment: Payment, controls: Controls, buyer: Buyer, money: NamedAmount, number: str, field: str
) -> None:
    payment.send_form(field, number, money.typed)
    with controls.another_code(buyer.phone):
        payment.press("Confirm")
        payment.wait_for_code_page()
    payment.confirm_with(controls.newest_code(buyer.phone))


@when('the buyer adds the amount "{amount}" to the form and presses "{label}"')
def slip_amount_in(payment: Payment, amount: str, label: str) -> None:
    payment.slip_in("amount", amount)
    payment.press(label)


@when('the buyer removes the security token from the form and presses "{label}"')
def take_key_out(payment: Payment, label: str) -> None:
    payment.take_out_keys()
    payment.press(label)


@given("the buyer has entered the code from the message")
@when("the buyer enters the code from the message")
def enter_code(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    payment.enter_code(controls.newest_code(buyer.phone))


@given("the buyer has confirmed with the code from the message")
@when("the buyer confirms with the code from the message")
def confirm(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    payment.confirm_with(controls.newest_code(buyer.phone))


@when("the buyer confirms with the code from the message by a double press")
def confirm_twice(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    payment.enter_code(controls.newest_code(buyer.phone))
    payment.press_twice("Confirm")


@when("the buyer confirms with the code of each message, in a tab of its own")
def confirm_with_each(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    payment.wait_for_code_page()
    codes = controls.codes(buyer.phone, 1)
    tabs = [payment, *(payment.copy_tab() for _ in codes[1:])]
    for tab, code in zip(tabs, codes, strict=True):
        tab.confirm_with(code)


@when("the buyer confirms both payments at once, each with its own code")
def confirm_both_at_once(
    payment: Payment, tab_of_payment: Payment, controls: Controls, buyer: Buyer
) -> None:
    one, *_, other = controls.codes(buyer.phone, 2)
    payment.enter_code(one)
    tab_of_payment.enter_code(other)
    payment.press_and_meanwhile("Confirm", lambda: tab_of_payment.press("Confirm"))
    tab_of_payment.close()


@when("the buyer confirms with the code of the first message")
def confirm_with_first(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    payment.confirm_with(controls.codes(buyer.phone, 1)[0])


@when("the buyer confirms it with the code of the first payment")
def confirm_with_other(payment: Payment, first_code: str) -> None:
    payment.confirm_with(first_code)


@given("the buyer has confirmed with a wrong code")
@when("the buyer confirms with a wrong code")
def confirm_wrongly(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    payment.confirm_with(_wrong_code(controls, buyer))


@given("the buyer has confirmed with a wrong code {fewer:Often}")
@when("the buyer confirms with a wrong code {fewer:Often}")
def confirm_wrongly_often(payment: Payment, controls: Controls, buyer: Buyer, fewer: int) -> None:
    for _ in range(data().limits.wrong_codes - fewer):
        payment.confirm_with(_wrong_code(controls, buyer))


@when("the buyer opens the receipt from the history")
def open_receipt(payment: Payment) -> None:
    payment.open_receipt_from_history()


@then("the wallet says that the request cannot be used")
def says_unusable(payment: Payment, target: Target) -> None:
    expect(payment.heading).to_contain_text(target.label("Invalid request"))


@then("the code is marked as wrong, with the reason beside it")
def code_is_wrong(payment: Payment) -> None:
    marked_field(payment.code)


@then("the page does not show the code from the message")
def does_not_tell_code(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    told = controls.newest_code(buyer.phone) in payment.source()
    check_that("the page keeps the code to itself", not told, "the code, in the page")


@then("the wallet says that the payment was ended")
def says_ended(payment: Payment) -> None:
    expect(payment.heading).to_contain_text(payment.target.label("The payment was cancelled"))


@then('the receipt shows {money:Money} for "{payee}"')
def receipt_shows(payment: Payment, money: NamedAmount, payee: str) -> None:
    payment.go_on_to_receipt()
    expect(payment.receipt).to_contain_text(money.on_page)
    expect(payment.receipt).to_contain_text(payment.target.label(payee))
