"""Daily statements of shops that leave something out, add something, or end the day wrongly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g
from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.money import Money
from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet import statement_files
from mock_sites.wallet.domain.statements import (
    CurrencyStatement,
    Line,
    LineKind,
    Statement,
    Statements,
)
from mock_sites.wallet.routes import current_wallet
from mock_sites.wallet.store import BillRow, BillStatus, MerchantRow

BESIDE = "A refund is in the statement beside its payment"
NOT_ITS_OWN = "The statement has nothing of another shop"
CANCELLED = "A cancelled invoice is not in the statement"

Lines = tuple[Line, ...]


def _with_lines(site: Change, change: Callable[[Lines], Lines]) -> None:
    """Change the lines of every part of every statement."""

    def changed(of: Any) -> Any:
        def with_other_lines(self: Statements, merchant: Any, day: date) -> Statement:
            found: Statement = of(self, merchant, day)
            parts = (replace(each, lines=change(each.lines)) for each in found.currencies)
            return replace(found, currencies=tuple(parts))

        return with_other_lines

    site.wrap(Statements, "of", changed)


def _of_kind(lines: Lines, *kinds: LineKind) -> Lines:
    return tuple(line for line in lines if line.kind in kinds)


@deviant("W2.6", "wallet", BESIDE)
def refund_is_not_in_the_statement(site: Change) -> None:
    """The statement has what was paid, and nothing of what was given back."""
    _with_lines(site, lambda lines: _of_kind(lines, LineKind.PAYMENT, LineKind.OTHER))


@deviant("W2.6", "wallet", BESIDE)
def refund_is_added_in_the_statement(site: Change) -> None:
    """The statement adds what was given back to what was paid."""
    _with_lines(
        site,
        lambda lines: tuple(
            replace(line, money=Money(abs(line.money.minor), line.money.currency)) for line in lines
        ),
    )


@deviant("W2.6", "wallet", "Each part of a refund is in the statement")
def statement_has_one_refund_of_each_invoice(site: Change) -> None:
    """Of several refunds of one invoice the statement has the first."""

    def first_of_each(lines: Lines) -> Lines:
        seen = {(line.kind, line.bill_id): line for line in reversed(lines)}
        return tuple(line for line in lines if line in seen.values())

    _with_lines(site, first_of_each)


@deviant("W2.6", "wallet", "A payment before midnight is in the statement of the day that has")
def day_of_the_statement_is_cut_at_utc(site: Change) -> None:
    """A day of the statement begins at midnight UTC, not at that of the shop's zone."""
    site.rule(MerchantRow, "zone", property(lambda _merchant: ZoneInfo("UTC")))


@deviant("W2.6", "wallet", "A payment before midnight is in the statement of the day that has")
def statement_has_the_day_before_too(site: Change) -> None:
    """A statement begins a day too early."""

    def two_days(of: Any) -> Any:
        def with_day_before(self: Statements, merchant: Any, day: date) -> Statement:
            found: Statement = of(self, merchant, day)
            before: Statement = of(self, merchant, day - timedelta(days=1))
            return _joined(found, before)

        return with_day_before

    site.wrap(Statements, "of", two_days)


@deviant("W2.6", "wallet", NOT_ITS_OWN)
def statement_has_rows_of_all_shops(site: Change) -> None:
    """The statement of a shop has the payments of every shop."""

    def of_all(of: Any) -> Any:
        def with_others(self: Statements, merchant: MerchantRow, day: date) -> Statement:
            found: Statement = of(self, merchant, day)
            with self.database.reading() as session:
                others = session.scalars(
                    select(MerchantRow).where(MerchantRow.site_id != merchant.site_id)
                ).all()
            for other in others:
                found = _joined(found, of(self, other, day))
            return found

        return with_others

    site.wrap(Statements, "of", of_all)


def _joined(statement: Statement, other: Statement) -> Statement:
    lines = {part.currency: part.lines for part in other.currencies}
    parts = (
        replace(part, lines=(*part.lines, *lines.get(part.currency, ())))
        for part in statement.currencies
    )
    return replace(statement, currencies=tuple(parts))


@deviant("W2.6", "wallet", NOT_ITS_OWN)
def sums_of_the_statement_are_rounded(site: Change) -> None:
    """The statement rounds its sums to whole units of the currency."""

    def rounded(total: Any) -> Any:
        def in_whole_units(self: CurrencyStatement, kind: LineKind) -> Money:
            money: Money = total(self, kind)
            return Money(round(money.minor, -2), money.currency)

        return in_whole_units

    site.wrap(CurrencyStatement, "total", rounded)


@deviant("W2.6", "wallet", "The balance goes over from one day to the next")
def every_day_begins_with_nothing(site: Change) -> None:
    """The opening balance of every day is zero."""

    def from_nothing(of: Any) -> Any:
        def begun_anew(self: Statements, merchant: Any, day: date) -> Statement:
            found: Statement = of(self, merchant, day)
            parts = (replace(each, opening=Money(0, each.currency)) for each in found.currencies)
            return replace(found, currencies=tuple(parts))

        return begun_anew

    site.wrap(Statements, "of", from_nothing)


@deviant("W2.6", "wallet", CANCELLED)
def cancelled_invoice_is_in_the_statement(site: Change) -> None:
    """An invoice that was cancelled stands in the statement as if it were paid."""

    def with_cancelled(of: Any) -> Any:
        def of_day(self: Statements, merchant: MerchantRow, day: date) -> Statement:
            found: Statement = of(self, merchant, day)
            with self.database.reading() as session:
                bills = session.scalars(
                    select(BillRow).where(
                        BillRow.site_id == merchant.site_id,
                        BillRow.status == BillStatus.REJECTED,
                    )
                ).all()
            return replace(found, currencies=(*found.currencies, *map(_as_paid, bills)))

        return of_day

    site.wrap(Statements, "of", with_cancelled)


def _as_paid(bill: BillRow) -> CurrencyStatement:
    money = Money(bill.amount, bill.currency)
    line = Line(LineKind.PAYMENT, bill.changed_at, money, bill.bill_id)
    return CurrencyStatement(Money(0, bill.currency), (line,), money)


@deviant("W2.6", "wallet", "An unpaid invoice is not in the statement")
def day_without_payments_is_refused(site: Change) -> None:
    """For a day on which nothing moved there is an error instead of a statement."""

    def only_with_lines(of: Any) -> Any:
        def or_refused(self: Statements, merchant: Any, day: date) -> Statement:
            found: Statement = of(self, merchant, day)
            if not any(part.lines for part in found.currencies):
                raise Refusal("day.wrong", "day")
            return found

        return or_refused

    site.wrap(Statements, "of", only_with_lines)


@deviant("W2.6", "wallet", "CSV and JSON have the same lines")
def csv_of_the_statement_has_no_refunds(site: Change) -> None:
    """The CSV of a statement leaves out the refunds that its JSON has."""

    def without_refunds(written: Any) -> Any:
        return lambda statement: "".join(
            row
            for row in written(statement).splitlines(keepends=True)
            if not row.startswith(LineKind.REFUND)
        )

    site.wrap(statement_files, "statement_csv", without_refunds)


@deviant("W2.6", "wallet", "The page lists each payment and refund")
def page_of_the_statement_has_no_refunds(site: Change) -> None:
    """The page of a statement leaves out the refunds that its files have."""
    site.page(
        "statement.html",
        "{% for line in part.lines %}",
        "{% for line in part.lines if line.kind != 'refund' %}",
    )


@deviant("W2.6", "wallet", "Without its key the statement of a shop is not shown")
def statement_needs_no_key(site: Change) -> None:
    """Whoever opens the page of the statement sees that of some shop."""

    def of_some_shop() -> None:
        g.merchant = current_wallet.merchants.all()[-1]

    def ask_nobody(app: Flask) -> None:
        app.before_request_funcs["statements"] = [of_some_shop]

    site.app(ask_nobody)


@deviant("W2.6", "wallet", "A payment is in the statement of its day")
def numbers_of_invoices_are_cut_in_the_statement(site: Change) -> None:
    """The statement has the first eight characters of the number of each invoice."""
    _with_lines(
        site,
        lambda lines: tuple(replace(line, bill_id=(line.bill_id or "")[:8]) for line in lines),
    )
