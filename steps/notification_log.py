"""The log of what a shop was told, and sending a notification again (W2.6)."""

from __future__ import annotations

from http import HTTPStatus
from uuid import uuid4

import httpx

from checkout_conformance.expectations import check_that
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .pages.merchant import MerchantPages
from .pages.shop import Shop
from .support.merchant_requests import request_log, request_replay
from .support.merchants import OtherShop
from .support.notification_logs import (
    REFUSED,
    TAKEN,
    Logged,
    LoggedAttempt,
    read_log,
    wait_for_attempts,
)
from .support.receiver import Received, Receiver
from .support.sentences import given, then, when


@given("the other shop refuses what it is told")
@asks("statements")
def refuses(other_receiver: Receiver) -> None:
    other_receiver.status = HTTPStatus.INTERNAL_SERVER_ERROR


@given("the other shop takes again what it is told")
def takes_again(other_receiver: Receiver) -> None:
    other_receiver.status = HTTPStatus.OK


@given("the other shop has been told of the payment", target_fixture="told_first")
@asks("statements")
def has_been_told(other_receiver: Receiver) -> Received:
    return other_receiver.wait()


@when("the other shop has the notification sent again")
@asks("statements")
def send_again(
    target: Target, merchant_pages: MerchantPages, other_shop: OtherShop, other_invoice: str
) -> None:
    _wait_for_log(target, other_invoice, other_shop.first_key.secret_key, 1)
    merchant_pages.open_log()
    merchant_pages.show_key(other_shop.first_key.secret_key)
    merchant_pages.send_again(other_invoice)


@when("the other shop asks twice with one number for the notification")
@asks("statements")
def ask_twice(target: Target, other_shop: OtherShop, other_invoice: str) -> None:
    key, replay = other_shop.first_key.secret_key, str(uuid4())
    _wait_for_log(target, other_invoice, key, 1)
    for _ in range(2):
        answer = request_replay(target, other_invoice, replay, key)
        check_that("the wallet takes the wish", answer.is_success, f"status {answer.status_code}")


@when(
    "the shop asks for the other shop's notification to be sent again",
    target_fixture="wallet_answered",
)
@asks("refunds", "statements")
def ask_for_other(target: Target, other_invoice: str) -> httpx.Response:
    target.require("refunds")
    return request_replay(target, other_invoice, str(uuid4()), target.merchant_key)


@when("the shop has the notification of the order sent again")
@asks("refunds", "statements")
def send_order_again(target: Target, shop: Shop) -> None:
    target.require("refunds")
    shop.open_newest_order()
    order, key = shop.order_on_page(), target.merchant_key
    _wait_for_log(target, order, key, 1)
    answer = request_replay(target, order, str(uuid4()), key)
    check_that("the wallet takes the wish", answer.is_success, f"status {answer.status_code}")
    _check_attempts(_wait_for_log(target, order, key, 2), order, TAKEN, TAKEN)


@then("the log shows one attempt, which the other shop took")
@asks("statements")
def one_taken(target: Target, other_shop: OtherShop, other_invoice: str) -> None:
    _check_log(target, other_shop, other_invoice, TAKEN)


@then("the log shows one attempt, which the other shop refused")
@asks("statements")
def one_refused(target: Target, other_shop: OtherShop, other_invoice: str) -> None:
    _check_log(target, other_shop, other_invoice, REFUSED)


@then("the log shows two attempts, which the other shop took")
def two_taken(target: Target, other_shop: OtherShop, other_invoice: str) -> None:
    _check_log(target, other_shop, other_invoice, TAKEN, TAKEN)


@then("the log shows two attempts, which the other shop refused")
def two_refused(target: Target, other_shop: OtherShop, other_invoice: str) -> None:
    _check_log(target, other_shop, other_invoice, REFUSED, REFUSED)


@then("the log shows two attempts, of which the other shop took only the second")
def second_taken(target: Target, other_shop: OtherShop, other_invoice: str) -> None:
    _check_log(target, other_shop, other_invoice, REFUSED, TAKEN)


@then("the other shop is told of the same payment again")
def told_again(other_receiver: Receiver, told_first: Received) -> None:
    again = other_receiver.wait()
    check_that("the notification says the same", again.body == told_first.body, "something else")


@then("the log of the other shop has nothing of another shop")
@asks("statements")
def only_own(target: Target, other_shop: OtherShop, other_invoice: str) -> None:
    key = other_shop.first_key.secret_key
    _wait_for_log(target, other_invoice, key, 1)
    others = [each for each in _log(target, key) if each.invoice != other_invoice]
    check_that("the log has the shop's own notification alone", not others, f"{len(others)} others")


def _check_log(target: Target, shop: OtherShop, invoice: str, *expected: LoggedAttempt) -> None:
    key = shop.first_key.secret_key
    _check_attempts(_wait_for_log(target, invoice, key, len(expected)), invoice, *expected)


def _check_attempts(logged: list[Logged], invoice: str, *expected: LoggedAttempt) -> None:
    told = "; ".join(each.told for each in logged) or "nothing"
    as_expected = (
        [each.invoice for each in logged] == [invoice]
        and logged[0].attempts == expected
        and logged[0].acknowledged == (TAKEN in expected)
    )
    check_that("the log shows every attempt with its answer", as_expected, told)


def _wait_for_log(target: Target, invoice: str, key: str, number: int) -> list[Logged]:
    """The log of an invoice, once it has so many attempts."""
    return wait_for_attempts(lambda: _log(target, key, invoice), number)


def _log(target: Target, key: str, invoice: str | None = None) -> list[Logged]:
    answer = request_log(target, key, invoice)
    check_that("the wallet has a log", answer.is_success, f"status {answer.status_code}")
    return read_log(answer.json())
