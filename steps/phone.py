"""The buyer's phone, and the messages that come to it (W1.6, W2.6)."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from pytest_bdd import given, then

from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target

from .controls import Controls
from .pages.phone import Phone, codes_on
from .words import sentence


@given("the buyer looks at the phone", target_fixture="phone")
@given("أن المشتري ينظر إلى شاشة الهاتف", target_fixture="phone")
def look_at_phone(page: Page, target: Target, buyer: Buyer) -> Phone:
    phone = Phone.on(page.context.new_page(), target)
    phone.look_at(buyer)
    return phone


@then("a message with a code has come to the phone")
@then("تصل إلى الهاتف رسالة فيها رمز")
def message_has_come(controls: Controls, buyer: Buyer) -> None:
    codes = codes_on(controls, buyer)
    check_that("a message brings a code of six digits", bool(codes), "no such message")


@then(sentence("only {expected:Count} message has come to the phone"))
@then(sentence("يكون عدد الرسائل التي وصلت إلى الهاتف {expected:Count} فقط"))
def only_so_many(controls: Controls, buyer: Buyer, expected: int) -> None:
    sent = len(controls.messages(buyer.phone))
    check_that(f"the phone has {expected} message", sent == expected, f"{sent} messages")


@then("no message has come to the phone")
@then("لا تصل إلى الهاتف أي رسالة")
def no_message(controls: Controls, buyer: Buyer) -> None:
    only_so_many(controls, buyer, 0)


@then(sentence("the phone has got {expected:Count} messages"))
@then(sentence("يكون عدد الرسائل التي وصلت إلى الهاتف {expected:Count}"))
def has_got(controls: Controls, buyer: Buyer, expected: int) -> None:
    only_so_many(controls, buyer, expected)


@then(sentence("the phone shows {expected:Count} messages"))
@then(sentence("يكون عدد الرسائل على شاشة الهاتف {expected:Count}"))
def phone_shows(phone: Phone, expected: int) -> None:
    expect(phone.messages).to_have_count(expected)
