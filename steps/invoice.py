"""The invoices that shops issue into the wallet (W2.3-W2.6)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_bdd import given, then, when

from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target

from .controls import Controls
from .pages.invoices import Invoices
from .pages.payment import Payment
from .pages.phone import codes_on
from .pages.shop import Shop
from .pages.wallet import Wallet
from .words import Money, sentence

SOMETHING = re.compile(r"\S")


@pytest.fixture
def invoices(page: Page, target: Target) -> Invoices:
    """The invoices in the buyer's wallet."""
    return Invoices.on(page, target)


@given("the buyer is at the wallet's home page")
@given("أن المشتري في الصفحة الرئيسية للمحفظة")
def at_home(wallet: Wallet) -> None:
    wallet.open()


@given(sentence('the buyer has opened the invoice of an order of "{product}"'))
@given(sentence("أن المشتري فتح فاتورة طلب «{product}»"))
def opened_invoice(shop: Shop, wallet: Wallet, product: str) -> None:
    with shop.beforehand(show=False) as way:
        way.order_with_wallet(product)
    with wallet.beforehand() as way:
        way.open_newest_invoice()


@given(sentence('the buyer has been sent the code for an order of "{product}"'))
@given(sentence("أن رمز الدفع لطلب «{product}» أُرسل إلى المشتري"))
def sent_code(shop: Shop, wallet: Wallet, payment: Payment, product: str) -> None:
    with shop.beforehand(show=False) as way:
        way.order_with_wallet(product)
    with wallet.beforehand() as way:
        way.open_newest_invoice()
        way.ask_for_code()
    payment.wait_for_code_page()


@given(sentence('the buyer has paid an order of "{product}" with the wallet'))
@given(sentence("أن المشتري دفع ثمن طلب «{product}» بالمحفظة"))
def has_paid_order(
    shop: Shop,
    wallet: Wallet,
    payment: Payment,
    controls: Controls,
    buyer: Buyer,
    product: str,
) -> None:
    sent_code(shop, wallet, payment, product)
    payment.confirm_with(codes_on(controls, buyer)[-1])
    expect(payment.receipt).to_be_visible()


@when(sentence('the buyer orders and pays "{product}" with the wallet'))
@when(sentence("يطلب المشتري «{product}» ويدفع ثمنه بالمحفظة"))
def order_and_pay(
    page: Page, shop: Shop, target: Target, controls: Controls, buyer: Buyer, product: str
) -> None:
    shop.order_with_wallet(product)
    shop.order_state.wait_for()
    Invoices.on(page, target).open_newest()
    _pay_invoice(page, target, controls, buyer)
    expect(Payment.on(page, target).receipt).to_be_visible()


@given("the buyer has paid the same invoice in another tab")
@given("أن المشتري دفع الفاتورة نفسها في علامة تبويب أخرى")
def paid_in_another_tab(page: Page, target: Target, controls: Controls, buyer: Buyer) -> None:
    tab = page.context.new_page()
    Invoices.on(tab, target).open_newest()
    _pay_invoice(tab, target, controls, buyer)
    expect(Payment.on(tab, target).receipt).to_be_visible()


@given("the buyer has asked for the code")
@given("أن المشتري طلب الرمز")
def asked_for_code(invoices: Invoices, payment: Payment) -> None:
    invoices.ask_for_code()
    payment.wait_for_code_page()


@given(sentence("the buyer has waited {span:Span} and asked for the code"))
@given(sentence("أن المشتري انتظر {span:Span} ثم طلب الرمز"))
def waited_and_asked(
    controls: Controls, invoices: Invoices, payment: Payment, span: timedelta
) -> None:
    controls.advance_clock(span.total_seconds())
    asked_for_code(invoices, payment)


@when("the buyer pays with the wallet")
@when("يدفع المشتري بالمحفظة")
def pay(page: Page, target: Target, controls: Controls, buyer: Buyer) -> None:
    _pay_invoice(page, target, controls, buyer)


@when(sentence('the buyer presses "{label}" beside the newest invoice'))
@when(sentence("يضغط المشتري «{label:Label}» بجانب أحدث فاتورة"))
def press_beside_newest(invoices: Invoices, label: str) -> None:
    invoices.follow(invoices.button_beside(invoices.newest, label))


@when("the buyer opens the list of invoices")
@when("يفتح المشتري قائمة الفواتير")
def open_list(invoices: Invoices) -> None:
    invoices.open_list()


@when("that buyer opens the list of invoices", target_fixture="other_invoices")
@when("يفتح ذلك المشتري قائمة الفواتير", target_fixture="other_invoices")
def other_opens_list(other_page: Page, target: Target) -> Invoices:
    invoices = Invoices.on(other_page, target)
    invoices.open_list()
    return invoices


@then("that buyer has no invoice")
@then("لا تكون لذلك المشتري أي فاتورة")
def other_has_none(other_invoices: Invoices, target: Target) -> None:
    expect(other_invoices.heading).to_have_text(target.label("Invoices"))
    expect(other_invoices.rows).to_have_count(0)


@then(sentence("the wallet tells of {number:Count} unpaid invoices"))
@then(sentence("تُخبر المحفظة بأن عدد الفواتير غير المدفوعة {number:Count}"))
@then(sentence("the wallet tells of {number:Count} unpaid invoice"))
def tells_of_unpaid(wallet: Wallet, number: int) -> None:
    expect(wallet.notice).to_contain_text(re.compile(rf"(?<!\d){number}(?!\d)"))


@then("the wallet tells of no unpaid invoice")
@then("لا تُخبر المحفظة بأي فاتورة غير مدفوعة")
def tells_of_none(wallet: Wallet) -> None:
    expect(wallet.balance).to_be_visible()
    expect(wallet.notice).to_be_hidden()


@then(sentence("the newest invoice is of {money:Money} and not paid"))
@then(sentence("يكون مبلغ أحدث فاتورة {money:Money} وهي غير مدفوعة"))
def newest_is_unpaid(invoices: Invoices, target: Target, money: Money) -> None:
    expect(invoices.newest).to_contain_text(money.on_page)
    expect(invoices.newest).to_contain_text(target.label("Not paid"))


@then(sentence("the newest invoice is of {money:Money} and paid"))
@then(sentence("يكون مبلغ أحدث فاتورة {money:Money} وهي مدفوعة"))
def newest_is_paid(invoices: Invoices, target: Target, money: Money) -> None:
    expect(invoices.newest).to_contain_text(money.on_page)
    paid = invoices.newest.get_by_text(target.label("Paid"), exact=True)
    expect(paid).to_be_visible()


@then(sentence("the invoices are of {first:Money} and then of {second:Money}"))
@then(sentence("تأتي أولًا فاتورة بمبلغ {first:Money} ثم فاتورة بمبلغ {second:Money}"))
def invoices_in_order(invoices: Invoices, first: Money, second: Money) -> None:
    expect(invoices.rows).to_have_count(2)
    expect(invoices.rows).to_contain_text([first.on_page, second.on_page])


@then(sentence("the wallet lists one invoice, of {money:Money}"))
@then(sentence("تعرض المحفظة فاتورة واحدة بمبلغ {money:Money}"))
def lists_one(wallet: Wallet, invoices: Invoices, money: Money) -> None:
    invoices.open_list()
    # Texts alone would be content with one row among several.
    expect(invoices.rows).to_have_count(1)
    expect(invoices.rows).to_contain_text([money.on_page])


@then("the newest invoice tells the shop, the amount, the due date and the state")
@then("تبيّن أحدث فاتورة المتجر والمبلغ وتاريخ الاستحقاق والحالة")
def newest_tells_all(invoices: Invoices) -> None:
    expect(invoices.table_headings).to_contain_text(
        [invoices.target.label(name) for name in ("Shop", "Amount", "Due", "Status")]
    )
    for cell in range(4):
        expect(invoices.newest.get_by_role("cell").nth(cell)).to_have_text(SOMETHING)


@then(sentence('there is no "{label}" beside the newest invoice'))
@then(sentence("لا يوجد زر «{label:Label}» بجانب أحدث فاتورة"))
def no_button_beside_newest(invoices: Invoices, label: str) -> None:
    expect(invoices.newest).to_be_visible()
    expect(invoices.button_beside(invoices.newest, label)).to_be_hidden()


@then("the wallet asks for the means of payment before anything else")
@then("تسأل المحفظة عن وسيلة الدفع قبل أي شيء آخر")
def asks_for_means(invoices: Invoices) -> None:
    expect(invoices.means_question).to_be_visible()
    expect(invoices.control("Visa QIWI Wallet")).to_be_enabled()
    expect(invoices.control("Pay")).to_be_hidden()
    expect(invoices.code).to_be_hidden()


@then("the wallet offers other means of payment, which are not enabled")
@then("تعرض المحفظة وسائل دفع أخرى غير مفعّلة")
def other_means_are_disabled(invoices: Invoices) -> None:
    others = invoices.other_means
    expect(others.first).to_be_visible()
    for means in others.all():
        expect(means).to_be_disabled()
        expect(means).to_have_accessible_description(SOMETHING)


@then(sentence("the receipt shows {money:Money} for the shop"))
@then(sentence("يبيّن الإيصال دفع {money:Money} للمتجر"))
def receipt_for_shop(payment: Payment, money: Money) -> None:
    expect(payment.receipt).to_contain_text(money.on_page)


@then("the wallet says that the balance is short")
@then("تقول المحفظة إن الرصيد لا يكفي")
def says_balance_short(payment: Payment, target: Target) -> None:
    expect(payment.trouble).to_contain_text(target.label("Nothing was paid."))


def _pay_invoice(page: Page, target: Target, controls: Controls, buyer: Buyer) -> None:
    Invoices.on(page, target).ask_for_code()
    payment = Payment.on(page, target)
    payment.wait_for_code_page()
    payment.confirm_with(codes_on(controls, buyer)[-1])
