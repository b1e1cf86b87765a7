"""Another shop that sends invoices to the same wallet, with keys of its own (W2.2-W2.6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from checkout_conformance.drivers.expect import expect
from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .data import data
from .pages.invoices import Invoices
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.merchant_answers import check_taken
from .support.merchants import NATIVE_SIGNATURE, STANDARD_SIGNATURE, OtherShop, ShopKey
from .support.protocols import request_invoice, request_refund, request_rejection
from .support.receiver import Received, Receiver, receiver
from .support.sentences import given, then, when

NAME = "Shop of the other merchant"
# Longer than any scenario waits.
LIVES_OF_AN_INVOICE = 3


@pytest.fixture
def other_receiver() -> Iterator[Receiver]:
    """The address to which the wallet sends the other shop's notifications."""
    with receiver() as opened:
        yield opened


@given("another shop is a merchant of the wallet", target_fixture="other_shop")
@asks("merchants")
def another_shop(controls: Controls, other_receiver: Receiver) -> OtherShop:
    return controls.add_merchant(NAME, other_receiver.url)


@given(
    "the other shop has a new key, and its old key ends in {span:Span}",
    target_fixture="new_key",
)
@asks("merchants", "new keys")
def has_new_key(controls: Controls, other_shop: OtherShop, span: timedelta) -> ShopKey:
    return controls.renew_key(other_shop, span.total_seconds())


@given(
    "the other shop has sent the buyer an invoice for {money:Money}",
    target_fixture="other_invoice",
)
@asks("merchants")
def has_sent(
    target: Target, controls: Controls, buyer: Buyer, other_shop: OtherShop, money: NamedAmount
) -> str:
    invoice = str(uuid4())
    key = other_shop.first_key.secret_key
    check_taken("invoice", _sent(target, controls, buyer, money, key, invoice))
    return invoice


@when("both shops send the buyer an invoice for {money:Money} under the same number")
@asks("merchants", "refunds")
def send_under_one_number(
    target: Target, controls: Controls, buyer: Buyer, other_shop: OtherShop, money: NamedAmount
) -> None:
    target.require("refunds")
    invoice = str(uuid4())
    # The shop's own key, then that of the other one.
    for key in (None, other_shop.first_key.secret_key):
        check_taken("invoice", _sent(target, controls, buyer, money, key, invoice))


@when("the other shop sends the buyer an invoice for {money:Money} with each of its keys")
@asks("merchants", "new keys")
def send_with_each_key(
    target: Target,
    controls: Controls,
    buyer: Buyer,
    other_shop: OtherShop,
    new_key: ShopKey,
    money: NamedAmount,
) -> None:
    for key in (other_shop.first_key.secret_key, new_key.secret_key):
        check_taken("invoice", _sent(target, controls, buyer, money, key))


@when(
    "the other shop sends the buyer an invoice for {money:Money} with its old key",
    target_fixture="wallet_answered",
)
@asks("merchants")
def send_with_old_key(
    target: Target, controls: Controls, buyer: Buyer, other_shop: OtherShop, money: NamedAmount
) -> httpx.Response:
    return _sent(target, controls, buyer, money, other_shop.first_key.secret_key)


@when("the other shop sends the buyer an invoice for {money:Money} with its new key")
@asks("merchants", "new keys")
def send_with_new_key(
    target: Target, controls: Controls, buyer: Buyer, new_key: ShopKey, money: NamedAmount
) -> None:
    check_taken("invoice", _sent(target, controls, buyer, money, new_key.secret_key))


@when(
    "the shop asks the wallet to cancel the other shop's invoice",
    target_fixture="wallet_answered",
)
@asks("merchants", "refunds")
def ask_to_cancel(target: Target, other_invoice: str) -> httpx.Response:
    target.require("refunds")
    return request_rejection(target, other_invoice)


@when(
    "the shop asks the wallet to refund {money:Money} of the other shop's invoice",
    target_fixture="wallet_answered",
)
@asks("merchants", "refunds")
def ask_for_refund(target: Target, other_invoice: str, money: NamedAmount) -> httpx.Response:
    target.require("refunds")
    return request_refund(target, other_invoice, money)


@then("the invoice for {money:Money} names the other shop")
def names_other_shop(invoices: Invoices, other_shop: OtherShop, money: NamedAmount) -> None:
    named = invoices.telling_shop(money.on_page).filter(has_text=other_shop.name)
    expect(named.first).to_be_visible()


@then("the invoice for {money:Money} does not name the other shop")
def does_not_name_other_shop(invoices: Invoices, other_shop: OtherShop, money: NamedAmount) -> None:
    expect(invoices.row_for(money.on_page)).to_be_visible()
    named = invoices.telling_shop(money.on_page).filter(has_text=other_shop.name)
    expect(named).to_have_count(0)


@then("the other shop is told of the payment, signed with its new key", target_fixture="told")
def is_told(other_receiver: Receiver, new_key: ShopKey) -> Received:
    told = other_receiver.wait()
    signed = told.headers.get(NATIVE_SIGNATURE) == new_key.native_signature(told)
    check_that("the new key signs the notification", signed, "another signature, or none")
    return told


@then("the notification has the standard signatures of both keys")
@asks("standard webhooks")
def has_both_signatures(told: Received, other_shop: OtherShop, new_key: ShopKey) -> None:
    _has_signatures(told, new_key, other_shop.first_key)


@then("the notification has the standard signature of the new key alone")
@asks("standard webhooks")
def has_one_signature(told: Received, new_key: ShopKey) -> None:
    _has_signatures(told, new_key)


def _has_signatures(told: Received, *keys: ShopKey) -> None:
    found = told.headers.get(STANDARD_SIGNATURE, "").split()
    expected = [key.standard_signature(told) for key in keys]
    check_that(
        f"{len(expected)} keys sign the notification",
        sorted(found) == sorted(expected),
        f"{len(found)} signatures, by {len({*expected} & {*found})} of these keys",
    )


def _sent(
    target: Target,
    controls: Controls,
    buyer: Buyer,
    money: NamedAmount,
    key: str | None,
    invoice: str | None = None,
) -> httpx.Response:
    due = controls.now() + LIVES_OF_AN_INVOICE * data().invoice
    return request_invoice(target, invoice or str(uuid4()), buyer, money, due, key=key)
