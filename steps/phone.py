"""The buyer's phone, and the messages that come to it (W1.6, W2.6)."""

from __future__ import annotations

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Page
from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.message_codes import find_code
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .pages.phone import Phone
from .support.controls import Controls
from .support.sentences import given, then


@given("the buyer looks at the phone", target_fixture="phone")
def look_at_phone(page: Page, target: Target, buyer: Buyer) -> Phone:
    phone = Phone.on(page.context.new_page(), target)
    phone.look_at(buyer)
    return phone


@then("a message with a code has arrived on the phone")
def message_has_come(controls: Controls, buyer: Buyer) -> None:
    codes = controls.codes(buyer.phone)
    check_that("a message brings a code", bool(codes), "no such message")


@then("only {expected:Count} message has arrived on the phone")
@asks("messages")
def only_so_many(controls: Controls, buyer: Buyer, expected: int) -> None:
    # Others may write to the phone too; only what brings a code is the site's doing.
    texts = [message["text"] for message in controls.messages(buyer.phone)]
    sent = sum(find_code(text) is not None for text in texts)
    check_that(f"the phone has {expected} message", sent == expected, f"{sent} messages")


@then("no message has arrived on the phone")
@asks("messages")
def no_message(controls: Controls, buyer: Buyer) -> None:
    only_so_many(controls, buyer, 0)


@then("the phone has received {expected:Count} messages")
@asks("messages")
def has_got(controls: Controls, buyer: Buyer, expected: int) -> None:
    only_so_many(controls, buyer, expected)


@then("the phone shows {expected:Count} messages")
def phone_shows(phone: Phone, expected: int) -> None:
    expect(phone.messages_with_codes).to_have_count(expected)
