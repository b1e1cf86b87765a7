"""A payment in the wallet: the form, the check, the code, the receipt (W1.4-W1.6, W2.6)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_bdd import given, then, when

from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target

from .controls import Controls
from .pages.flows import WalletFlows
from .pages.payment import Payment
from .pages.phone import codes_on
from .pages.wallet import Wallet
from .words import Money, sentence

STEAM_ACCOUNT = "Account name in the game system"
SOMETHING = re.compile(r"\S")


@pytest.fixture
def payment(page: Page, target: Target) -> Payment:
    """The payment that the buyer makes, in the buyer's browser."""
    return Payment.on(page, target)


def _wrong_code(controls: Controls, buyer: Buyer) -> str:
    """Six digits that were never sent to the buyer."""
    sent = codes_on(controls, buyer)
    return next(code for code in map("{:06}".format, range(len(sent) + 1)) if code not in sent)


@given(sentence('the buyer is at the form of "{payee}" in the category "{category}"'))
@given(sentence("أن المشتري في نموذج «{payee:Label}» ضمن الفئة «{category:Label}»"))
def at_form(wallet: Wallet, buyer: Buyer, payee: str, category: str) -> None:
    with wallet.beforehand() as way:
        way.come_in(buyer)
        way.open_payee(category, payee)


@given(
    sentence(
        'the buyer is about to check a payment of {money:Money} to the Steam account "{account}"'
    )
)
@given(sentence("أن المشتري على وشك التحقق من دفع {money:Money} إلى حساب Steam «{account}»"))
def about_to_check(wallet: Wallet, buyer: Buyer, money: Money, account: str) -> None:
    with wallet.beforehand() as way:
        _come_to_check(way, buyer, money, account)


@given(
    sentence(
        "the buyer has been sent the code for a payment of {money:Money}"
        ' to the Steam account "{account}"'
    )
)
@given(sentence("أن رمز دفع {money:Money} إلى حساب Steam «{account}» أُرسل إلى المشتري"))
def was_sent_code(
    wallet: Wallet, payment: Payment, buyer: Buyer, money: Money, account: str
) -> None:
    with wallet.beforehand() as way:
        _come_to_check(way, buyer, money, account)
        way.press("Confirm")
    payment.wait_for_code_page()


def _come_to_check(way: WalletFlows, buyer: Buyer, money: Money, account: str) -> None:
    way.come_in(buyer)
    way.open_payee("Entertainment", "Steam")
    way.send_form(STEAM_ACCOUNT, account, money.typed)


@given("the buyer has begun another payment", target_fixture="first_code")
@given("أن المشتري بدأ دفعة أخرى", target_fixture="first_code")
def began_another(wallet: Wallet, payment: Payment, controls: Controls, buyer: Buyer) -> str:
    first_code = codes_on(controls, buyer)[-1]
    wallet.open_payee("Entertainment", "Steam")
    payment.send_form(STEAM_ACCOUNT, "day_owl_43", "150.00")
    payment.press("Confirm")
    payment.wait_for_code_page()
    return first_code


@given(sentence("the buyer has spent {money:Money} in another tab"))
@given(sentence("أن المشتري أنفق {money:Money} في علامة تبويب أخرى"))
def spent_in_another_tab(
    page: Page, target: Target, controls: Controls, buyer: Buyer, money: Money
) -> None:
    tab = page.context.new_page()
    wallet, payment = Wallet.on(tab, target), Payment.on(tab, target)
    wallet.open()
    wallet.open_payee("Entertainment", "Steam")
    pay(payment, controls, buyer, money, "day_owl_43", STEAM_ACCOUNT)
    expect(payment.receipt).to_be_visible()


@given("the buyer has asked for a new code")
@given("أن المشتري طلب رمزًا جديدًا")
@when("the buyer asks for a new code")
@when("يطلب المشتري رمزًا جديدًا")
def ask_for_new_code(payment: Payment) -> None:
    payment.press("Send a new code")


@when(sentence('the buyer sends the form with the account "{account}" and the amount "{amount}"'))
@when(sentence("يرسل المشتري النموذج بالحساب «{account}» والمبلغ «{amount}»"))
def send_form(payment: Payment, account: str, amount: str) -> None:
    payment.send_form(STEAM_ACCOUNT, account, amount)


@when(sentence('the buyer pays {money:Money} with "{number}" as "{field}"'))
@when(sentence("يدفع المشتري {money:Money} ويكتب «{number}» في الحقل «{field:Label}»"))
def pay(
    payment: Payment, controls: Controls, buyer: Buyer, money: Money, number: str, field: str
) -> None:
    payment.send_form(field, number, money.typed)
    payment.press("Confirm")
    payment.wait_for_code_page()
    payment.confirm_with(codes_on(controls, buyer)[-1])


@when(sentence('the buyer slips the amount "{amount}" into the form and presses "{label}"'))
@when(sentence("يدسّ المشتري المبلغ «{amount}» في النموذج ويضغط «{label:Label}»"))
def slip_amount_in(payment: Payment, amount: str, label: str) -> None:
    payment.slip_in("amount", amount)
    payment.press(label)


@when(sentence('the buyer takes the key out of the form and presses "{label}"'))
@when(sentence("ينزع المشتري مفتاح النموذج منه ويضغط «{label:Label}»"))
def take_key_out(payment: Payment, label: str) -> None:
    payment.take_out_keys()
    payment.press(label)


@when("that buyer opens the address of the payment")
@when("يفتح ذلك المشتري عنوان صفحة الدفعة")
def other_opens_payment(page: Page, other_page: Page) -> None:
    other_page.goto(page.url)


@given("the buyer has entered the code from the message")
@given("أن المشتري أدخل الرمز الذي في الرسالة")
@when("the buyer enters the code from the message")
@when("يُدخل المشتري الرمز الذي في الرسالة")
def enter_code(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    payment.enter_code(codes_on(controls, buyer)[-1])


@given("the buyer has confirmed with the code from the message")
@given("أن المشتري أكّد بالرمز الذي في الرسالة")
@when("the buyer confirms with the code from the message")
@when("يؤكد المشتري بالرمز الذي في الرسالة")
def confirm(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    payment.confirm_with(codes_on(controls, buyer)[-1])


@when("the buyer confirms with the code from the message by a double press")
@when("يؤكد المشتري بالرمز الذي في الرسالة بضغطة مزدوجة")
def confirm_twice(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    payment.enter_code(codes_on(controls, buyer)[-1])
    payment.press_twice("Confirm")


@when("the buyer confirms with the code of each message, in a tab of its own")
@when("يؤكد المشتري برمز كل رسالة في علامة تبويب خاصة بها")
def confirm_with_each(page: Page, target: Target, controls: Controls, buyer: Buyer) -> None:
    tabs = [Payment(page, target)]
    tabs[0].wait_for_code_page()
    codes = codes_on(controls, buyer)
    for _ in codes[1:]:
        tabs.append(Payment(page.context.new_page(), target))
        tabs[-1].page.goto(page.url)
    for tab, code in zip(tabs, codes, strict=True):
        tab.confirm_with(code)


@when("the buyer confirms with the code of the first message")
@when("يؤكد المشتري برمز الرسالة الأولى")
def confirm_with_first(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    payment.confirm_with(codes_on(controls, buyer)[0])


@when("the buyer confirms it with the code of the first payment")
@when("يؤكدها المشتري برمز الدفعة الأولى")
def confirm_with_other(payment: Payment, first_code: str) -> None:
    payment.confirm_with(first_code)


@when("the buyer confirms with a wrong code")
@when("يؤكد المشتري برمز خاطئ")
def confirm_wrongly(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    payment.confirm_with(_wrong_code(controls, buyer))


@when(sentence("the buyer confirms with a wrong code {times:Count} times"))
@when(sentence("يؤكد المشتري برمز خاطئ {times:Count} مرات"))
def confirm_wrongly_often(payment: Payment, controls: Controls, buyer: Buyer, times: int) -> None:
    for _ in range(times):
        payment.confirm_with(_wrong_code(controls, buyer))


@when("the buyer opens the receipt from the history")
@when("يفتح المشتري الإيصال من السجل")
def open_receipt(payment: Payment) -> None:
    payment.open_receipt_from_history()


@then("the wallet says that the request cannot be used")
@then("تقول المحفظة إن الطلب لا يمكن استخدامه")
def says_unusable(payment: Payment, target: Target) -> None:
    expect(payment.heading).to_have_text(target.label("Invalid request"))


@then("the code is marked as wrong, with the reason beside it")
@then("يُعلَّم الرمز بأنه خاطئ، ويظهر السبب بجانبه")
def code_is_wrong(payment: Payment) -> None:
    expect(payment.code).to_have_attribute("aria-invalid", "true")
    expect(payment.code).to_have_accessible_description(SOMETHING)


@then("the page does not show the code from the message")
@then("لا تعرض الصفحة الرمز الذي في الرسالة")
def does_not_tell_code(payment: Payment, controls: Controls, buyer: Buyer) -> None:
    expect(payment.code).to_be_visible()
    told = codes_on(controls, buyer)[-1] in payment.page.content()
    check_that("the page keeps the code to itself", not told, "the code, in the page")


@then("the wallet says that the payment was ended")
@then("تقول المحفظة إن الدفعة أُنهيت")
def says_ended(payment: Payment, target: Target) -> None:
    expect(payment.heading).to_have_text(target.label("The payment was cancelled"))


@then(sentence('the receipt shows {money:Money} for "{payee}"'))
@then(sentence("يبيّن الإيصال دفع {money:Money} إلى «{payee:Label}»"))
def receipt_shows(payment: Payment, target: Target, money: Money, payee: str) -> None:
    expect(payment.receipt).to_contain_text(money.on_page)
    expect(payment.receipt).to_contain_text(target.label(payee))
