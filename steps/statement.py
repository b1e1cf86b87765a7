"""A shop's statement of a day: what was paid to it, and what it gave back (W2.6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta

import httpx
import pytest

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Context
from checkout_conformance.expectations import check_that
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .data import data
from .pages.merchant import MerchantPages
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.merchant_answers import check_taken, reading
from .support.merchant_requests import request_statement
from .support.merchants import ZONE, OtherShop
from .support.protocols import request_refund, request_rejection
from .support.sentences import given, then, when
from .support.statements import (
    PAYMENT,
    REFUND,
    DayStatement,
    StatementLine,
    read_csv_lines,
    read_json,
)

# Time enough to pay an invoice, and to pay one and refund it.
BEFORE_MIDNIGHT, BEFORE_THE_END = timedelta(minutes=5), timedelta(minutes=30)
DAY = timedelta(days=1)


class StatementsOfShop:
    """The other shop's statements, each read anew. Days are those of the shop's time zone."""

    def __init__(self, target: Target, controls: Controls, shop: OtherShop) -> None:
        self._target = target
        self._controls = controls
        self._key = shop.first_key.secret_key

    def of(self, days_ago: int) -> DayStatement:
        """The statement of today or of an earlier day."""
        answer = self._file(days_ago, "json")
        with reading("the statement in JSON"):
            return read_json(answer.json(), data().currency)

    def lines_in_csv(self, days_ago: int) -> tuple[StatementLine, ...]:
        """The lines of the same statement in CSV."""
        answer = self._file(days_ago, "csv")
        with reading("the statement in CSV"):
            return read_csv_lines(answer.text)

    def _file(self, days_ago: int, form: str) -> httpx.Response:
        day = self._controls.now().astimezone(ZONE).date() - days_ago * DAY
        answer = request_statement(self._target, day.isoformat(), form, self._key)
        check_taken("request for the statement", answer)
        return answer


@pytest.fixture
def statements(target: Target, controls: Controls, other_shop: OtherShop) -> StatementsOfShop:
    """The statements of the other shop."""
    return StatementsOfShop(target, controls, other_shop)


@pytest.fixture
def merchant_pages(new_context: Callable[..., Context], target: Target) -> MerchantPages:
    """The wallet's pages for shops, in a browser that has shown no key yet."""
    return MerchantPages.on(new_context(locale=target.locale).new_page(), target)


@given("the other shop's day does not end soon")
@asks("clock", "statements")
def day_does_not_end_soon(controls: Controls) -> None:
    left = _until_midnight(controls)
    if left < BEFORE_THE_END:
        controls.advance_clock(left.total_seconds())


@given("the other shop's day is almost over")
@asks("clock")
def day_is_almost_over(controls: Controls) -> None:
    left = _until_midnight(controls) - BEFORE_MIDNIGHT
    controls.advance_clock(max(left, timedelta()).total_seconds())


@given("the other shop has refunded {money:Money} of its invoice")
@when("the other shop refunds {money:Money} of its invoice")
def refund(target: Target, other_shop: OtherShop, other_invoice: str, money: NamedAmount) -> None:
    key = other_shop.first_key.secret_key
    answer = request_refund(target, other_invoice, money, key=key)
    check_taken("refund", answer)


@when("the other shop cancels its invoice")
def cancel(target: Target, other_shop: OtherShop, other_invoice: str) -> None:
    answer = request_rejection(target, other_invoice, other_shop.first_key.secret_key)
    check_taken("cancellation", answer)


@when("the other shop opens its statement")
def open_statement(merchant_pages: MerchantPages, other_shop: OtherShop) -> None:
    merchant_pages.open_statement()
    merchant_pages.show_key(other_shop.first_key.secret_key)


@when("somebody without a key opens the statement")
def open_without_key(merchant_pages: MerchantPages) -> None:
    merchant_pages.open_statement()


@then("the other shop's statement of {day:Day} is empty")
def is_empty(statements: StatementsOfShop, day: int) -> None:
    _check_lines(statements.of(day), [])


@then("the other shop's statement of {day:Day} has one payment, of {money:Money}")
def has_payment(
    statements: StatementsOfShop, other_invoice: str, day: int, money: NamedAmount
) -> None:
    _check_lines(statements.of(day), [(PAYMENT, money.minor)], of=other_invoice)


@then("the other shop's statement of {day:Day} has one refund, of {money:Money}")
def has_refund(
    statements: StatementsOfShop, other_invoice: str, day: int, money: NamedAmount
) -> None:
    _check_lines(statements.of(day), [(REFUND, -money.minor)], of=other_invoice)


@then(
    "the other shop's statement of {day:Day} has one payment, of {money:Money},"
    + " and one refund, of {back:Money}"
)
def has_payment_and_refund(
    statements: StatementsOfShop,
    other_invoice: str,
    day: int,
    money: NamedAmount,
    back: NamedAmount,
) -> None:
    _check_lines(
        statements.of(day), [(PAYMENT, money.minor), (REFUND, -back.minor)], of=other_invoice
    )


@then(
    "the other shop's statement of {day:Day} has two refunds, of {one:Money} and of {other:Money}"
)
def has_two_refunds(
    statements: StatementsOfShop, day: int, one: NamedAmount, other: NamedAmount
) -> None:
    lines = [(REFUND, -each.minor) for each in (one, other)]
    _check_lines(statements.of(day), lines, kind=REFUND)


@then("the other shop's statement of {day:Day} adds up to {money:Money}")
def adds_up(statements: StatementsOfShop, day: int, money: NamedAmount) -> None:
    found = statements.of(day)
    of_lines = sum(line.minor for line in found.lines if line.currency == money.currency)
    sums = (of_lines, found.stated, found.closing - found.opening)
    check_that(
        f"the lines, the stated sums and the balances make {money.typed}",
        set(sums) == {money.minor},
        f"{sums} in minor units",
    )


@then("the balance of the other shop goes over from yesterday to today, {money:Money}")
def goes_over(statements: StatementsOfShop, money: NamedAmount) -> None:
    balances = (statements.of(1).closing, statements.of(0).opening)
    check_that(
        f"one day ends and the next begins with {money.typed}",
        set(balances) == {money.minor},
        f"{balances} in minor units",
    )


@then("the other shop's statement of {day:Day} says the same in CSV and in JSON")
def same_in_both(statements: StatementsOfShop, day: int) -> None:
    in_json, in_csv = statements.of(day).lines, statements.lines_in_csv(day)
    check_that("CSV has the lines of JSON", in_csv == in_json, f"{_short(in_csv)} in CSV")


@then("the page lists {money:Money} for the other shop's invoice")
def page_lists(merchant_pages: MerchantPages, other_invoice: str, money: NamedAmount) -> None:
    expect(merchant_pages.row(other_invoice, money).first).to_be_visible()


@then("the page asks for the key and shows nothing of the other shop")
def page_asks_for_key(merchant_pages: MerchantPages, other_invoice: str) -> None:
    expect(merchant_pages.key).to_be_visible()
    expect(merchant_pages.row(other_invoice)).to_have_count(0)


def _until_midnight(controls: Controls) -> timedelta:
    now = controls.now().astimezone(ZONE)
    return datetime.combine(now.date() + DAY, time(), ZONE) - now


def _check_lines(
    statement: DayStatement,
    expected: list[tuple[str, int]],
    of: str | None = None,
    kind: str | None = None,
) -> None:
    """Check all lines, or those of one kind; all are of one invoice, if one is given."""
    lines = [line for line in statement.lines if kind in (None, line.kind)]
    check_that(
        f"the lines are {_told(expected)}, all in {data().currency}",
        sorted((line.kind, line.minor, line.currency) for line in lines)
        == sorted((*one, data().currency) for one in expected),
        _short(lines),
    )
    if of is not None:
        own = all(line.invoice == of for line in lines)
        check_that("each line has the number of its invoice", own, "another number")


def _told(lines: list[tuple[str, int]]) -> str:
    return ", ".join(f"{kind} {minor}" for kind, minor in lines) or "none"


def _short(lines: Iterable[StatementLine]) -> str:
    return ", ".join(f"{one.kind} {one.minor} {one.currency}" for one in lines) or "none"
