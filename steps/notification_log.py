"""The log of what a shop was told, and sending a notification again (W2.6)."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from uuid import uuid4

import httpx
import pytest

from checkout_conformance.expectations import check_that
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .pages.merchant import MerchantPages
from .pages.shop import Shop
from .support.merchant_answers import reading
from .support.merchant_requests import request_log, request_replay
from .support.merchants import OtherShop
from .support.notification_logs import Logged, read_log, wait_for_answers
from .support.receiver import Received, Receiver
from .support.sentences import given, then, when

TAKEN, REFUSED = HTTPStatus.OK, HTTPStatus.INTERNAL_SERVER_ERROR


class LogOfShop:
    """What the log says of the other shop's invoice, beside what the shop has answered."""

    def __init__(self, target: Target, shop: OtherShop, invoice: str, receiver: Receiver) -> None:
        self._target = target
        self._key = shop.first_key.secret_key
        self._invoice = invoice
        self._receiver = receiver

    def read(self, invoice: str | None = None) -> list[Logged]:
        """The log as it is, of one invoice or of all."""
        return _read(self._target, self._key, invoice)

    def check(self, least: int, expected: Sequence[int] | None = None) -> list[int]:
        """Check that the log has the shop's answers, at least ``least`` of them; return them.

        ``expected`` are the answers that it has to have.
        """
        logged, answers = wait_for_answers(
            lambda: self.read(self._invoice), lambda: self._receiver.answers, least
        )
        told = "; ".join(each.told for each in logged) or "nothing"
        shown = [each for one in logged for each in one.attempts]
        as_answered = [each.status for each in shown] == answers and len(logged) == 1
        judged = all(each.acknowledged == (each.status == TAKEN) for each in shown)
        outcome = all(one.acknowledged == (TAKEN in answers) for one in logged)
        check_that("the log shows every attempt with its answer", as_answered, told)
        check_that("the log tells what the shop has acknowledged", judged and outcome, told)
        enough = len(answers) >= least and expected in (None, answers)
        check_that("the shop is told as often as it was asked for", enough, told)
        return answers


@pytest.fixture
def log(
    target: Target, other_shop: OtherShop, other_invoice: str, other_receiver: Receiver
) -> LogOfShop:
    """What the log says of the other shop's invoice."""
    return LogOfShop(target, other_shop, other_invoice, other_receiver)


@given("the other shop refuses what it is told")
@asks("statements")
def refuses(other_receiver: Receiver) -> None:
    other_receiver.status = REFUSED


@given("the other shop takes again what it is told")
def takes_again(other_receiver: Receiver) -> None:
    other_receiver.status = TAKEN


@given("the other shop has been told of the payment", target_fixture="told_first")
@asks("statements")
def has_been_told(other_receiver: Receiver) -> Received:
    return other_receiver.wait()


@when("the other shop has the notification sent again")
@asks("statements")
def send_again(
    log: LogOfShop, merchant_pages: MerchantPages, other_shop: OtherShop, other_invoice: str
) -> None:
    log.check(1)
    merchant_pages.open_log()
    merchant_pages.show_key(other_shop.first_key.secret_key)
    merchant_pages.send_again(other_invoice)


@when("the other shop asks twice with one number for the notification")
@asks("statements")
def ask_twice(target: Target, log: LogOfShop, other_shop: OtherShop, other_invoice: str) -> None:
    key, replay = other_shop.first_key.secret_key, str(uuid4())
    log.check(1)
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
    _wait_for_attempts(target, order, 1)
    answer = request_replay(target, order, str(uuid4()), key)
    check_that("the wallet takes the wish", answer.is_success, f"status {answer.status_code}")
    _wait_for_attempts(target, order, 2)


@then("the log shows one attempt, which the other shop took")
@asks("statements")
def one_taken(log: LogOfShop) -> None:
    log.check(1, [TAKEN])


@then("the log shows two attempts, which the other shop took")
def two_taken(log: LogOfShop) -> None:
    log.check(2, [TAKEN, TAKEN])


@then("the log shows that the other shop has refused every attempt")
@asks("statements")
def all_refused(log: LogOfShop) -> None:
    # As long as it refuses, it is told again by itself.
    log.check(1)


@then("the log shows that the other shop has refused first and taken it later")
def taken_later(log: LogOfShop) -> None:
    answers = log.check(2)
    ends = (answers[0], answers[-1])
    check_that("the shop takes a later attempt", ends == (REFUSED, TAKEN), answers)


@then("the other shop is told of the same payment again")
def told_again(other_receiver: Receiver, told_first: Received) -> None:
    again = other_receiver.wait()
    check_that("the notification says the same", again.body == told_first.body, "something else")


@then("the log of the other shop has nothing of another shop")
@asks("statements")
def only_own(log: LogOfShop, other_invoice: str) -> None:
    log.check(1, [TAKEN])
    others = [each for each in log.read() if each.invoice != other_invoice]
    check_that("the log has the shop's own notification alone", not others, f"{len(others)} others")


def _wait_for_attempts(target: Target, order: str, number: int) -> None:
    """Wait until the target's own shop has taken a number of notifications of an order."""
    taken = [TAKEN] * number
    logged, _ = wait_for_answers(
        lambda: _read(target, target.merchant_key, order), lambda: taken, number
    )
    told = "; ".join(each.told for each in logged) or "nothing"
    at_rest = [each.is_at_rest_after(taken) for each in logged] == [True]
    check_that(f"the shop has taken {number} notifications of the order", at_rest, told)


def _read(target: Target, key: str, invoice: str | None = None) -> list[Logged]:
    answer = request_log(target, key, invoice)
    check_that("the wallet has a log", answer.is_success, f"status {answer.status_code}")
    with reading("the log of notifications"):
        return read_log(answer.json())
