"""Requests between shop, wallet and vault, without the buyer (W2.6, C2.6)."""

from __future__ import annotations

from uuid import uuid4

import httpx

from checkout_conformance.drivers.expect import expect
from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .data import data
from .pages.payment import Payment
from .pages.shop import Shop
from .support.amounts import NamedAmount
from .support.merchant_answers import check_taken
from .support.protocols import request_cards_unsigned, request_refund, request_rejection
from .support.sentences import given, then, when

# Two of which at least one is another than an order's, and less than any order in either.
CURRENCIES, LITTLE = ("KZT", "RUB"), 10_00


@when("the shop refunds {money:Money} of the order")
@asks("refunds")
def give_back(shop: Shop, target: Target, money: NamedAmount) -> None:
    target.require("refunds")
    shop.open_newest_order()
    answer = request_refund(target, shop.order_on_page(), money)
    check_taken("refund", answer)


@given("the shop has refunded {money:Money} of the order")
@asks("refunds")
def has_given_back(shop: Shop, target: Target, money: NamedAmount) -> None:
    give_back(shop, target, money)


@when(
    "the shop asks the wallet to refund {money:Money} of the order",
    target_fixture="wallet_answered",
)
@asks("refunds")
def ask_for_refund(shop: Shop, target: Target, money: NamedAmount) -> httpx.Response:
    target.require("refunds")
    shop.open_newest_order()
    return request_refund(target, shop.order_on_page(), money)


@when(
    "the shop asks the wallet to refund the order in another currency",
    target_fixture="wallet_answered",
)
@asks("refunds")
def ask_for_refund_in_another_currency(shop: Shop, target: Target) -> httpx.Response:
    other = next(code for code in CURRENCIES if code != data().currency)
    return ask_for_refund(shop, target, NamedAmount(LITTLE, other))


@when("the shop sends the same refund of {money:Money} twice")
@asks("refunds")
def give_back_twice(shop: Shop, target: Target, money: NamedAmount) -> None:
    target.require("refunds")
    shop.open_newest_order()
    order, refund = shop.order_on_page(), str(uuid4())
    answer = request_refund(target, order, money, refund)
    check_taken("refund", answer)
    request_refund(target, order, money, refund)


@when("the shop asks the wallet to cancel the invoice", target_fixture="wallet_answered")
@asks("refunds")
def ask_to_cancel(shop: Shop, target: Target) -> httpx.Response:
    target.require("refunds")
    shop.open_newest_order()
    return request_rejection(target, shop.order_on_page())


@then("the wallet refuses")
def wallet_refuses(wallet_answered: httpx.Response) -> None:
    refused = 400 <= wallet_answered.status_code < 500
    check_that("the wallet refuses", refused, f"status {wallet_answered.status_code}")


@then("the history shows a refund of {money:Money}")
def history_shows_refund(payment: Payment, target: Target, money: NamedAmount) -> None:
    payment.open()
    payment.open_history()
    newest = payment.history.first
    expect(newest).to_contain_text(target.label("Refund"))
    expect(newest).to_contain_text(money.on_page)


@then('the receipt says "{state}", with {money:Money} still paid')
def receipt_says_refunded(payment: Payment, state: str, money: NamedAmount) -> None:
    payment.open_receipt_from_history()
    expect(payment.state_on_receipt(state)).to_be_visible()
    expect(payment.line_of_receipt("Paid after refunds")).to_be_visible()
    expect(payment.receipt).to_contain_text(money.on_page)


@when("somebody else asks the vault for the buyer's cards", target_fixture="told_a_stranger")
def ask_without_signature(target: Target, buyer: Buyer) -> str:
    return request_cards_unsigned(target, buyer).text


@then("the vault says nothing about the cards")
def stranger_is_told_nothing(told_a_stranger: str) -> None:
    told = "cardToken" in told_a_stranger
    check_that("a stranger is told of no card", not told, "the cards")
