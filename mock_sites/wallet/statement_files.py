"""A merchant's statement as files: CSV for spreadsheets and JSON for programs.

The formats are in ``docs/sites/protocols.md``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from flask import Response, jsonify
from typing_extensions import TypedDict

from ..shared.values.money import Money
from .domain.statements import CurrencyStatement, Line, LineKind, Statement

FORMAT = "statement/1"
COLUMNS = (
    "record",
    "site_id",
    "day",
    "time_zone",
    "currency",
    "at",
    "bill_id",
    "refund_id",
    "amount",
    "amount_minor",
)
# A spreadsheet takes a cell that begins with one of them for a formula, or drops the sign. The
# apostrophe is among them so that the guard can be taken off again.
GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")


class MoneyFacts(TypedDict):
    """An amount with the decimals of its currency, and the same in whole minor units."""

    value: str
    minor: int


class LineFacts(TypedDict):
    """A movement; an amount below zero left the merchant's account."""

    record: str
    at: str
    bill_id: str
    refund_id: str
    amount: MoneyFacts


class CurrencyFacts(TypedDict):
    """The day of one account."""

    currency: str
    opening: MoneyFacts
    payments: MoneyFacts
    refunds: MoneyFacts
    other: MoneyFacts
    closing: MoneyFacts
    difference_minor: int
    lines: list[LineFacts]


class StatementFacts(TypedDict):
    """A merchant's day; ``final`` is true once the day is over."""

    format: str
    site_id: str
    name: str
    day: str
    time_zone: str
    final: bool
    currencies: list[CurrencyFacts]


def statement_facts(statement: Statement) -> StatementFacts:
    """The statement as JSON has it."""
    return StatementFacts(
        format=FORMAT,
        site_id=statement.site_id,
        name=statement.name,
        day=statement.day.isoformat(),
        time_zone=statement.zone.key,
        final=statement.final,
        currencies=[_currency_facts(statement, each) for each in statement.currencies],
    )


def statement_csv(statement: Statement) -> str:
    """The statement as CSV (RFC 4180): a row for each balance and each movement."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for part in statement.currencies:
        for row in _rows(statement, part):
            writer.writerow([*row[:-1], row[-1].value, row[-1].minor])
    return text.getvalue()


def json_file(statement: Statement) -> Response:
    """The statement as an answer in JSON."""
    return jsonify(statement_facts(statement))


def csv_file(statement: Statement) -> Response:
    """The statement as an answer in CSV, to be saved under a name of its own."""
    answer = Response(
        statement_csv(statement), content_type="text/csv; charset=utf-8; header=present"
    )
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=statement-{statement.day.isoformat()}.csv"
    )
    return answer


def guarded(text: str) -> str:
    """``text`` with an apostrophe before it if a spreadsheet could take it for a formula."""
    return f"'{text}" if text.startswith(GUARDED) else text


def _rows(
    statement: Statement, part: CurrencyStatement
) -> Iterator[tuple[*tuple[str, ...], Money]]:
    def begun(record: str, line: Line | None = None) -> tuple[str, ...]:
        about = (guarded(statement.site_id), statement.day.isoformat(), statement.zone.key)
        what = ("", "", "") if line is None else _what(statement, line)
        return (record, *about, part.currency, *what)

    yield (*begun("opening"), part.opening)
    for line in part.lines:
        yield (*begun(line.kind, line), line.money)
    yield (*begun("closing"), part.closing)


def _what(statement: Statement, line: Line) -> tuple[str, str, str]:
    return (_moment(statement, line), guarded(line.bill_id), guarded(line.refund_id))


def _moment(statement: Statement, line: Line) -> str:
    return line.at.astimezone(statement.zone).isoformat(timespec="seconds")


def _currency_facts(statement: Statement, part: CurrencyStatement) -> CurrencyFacts:
    return CurrencyFacts(
        currency=part.currency,
        opening=_money(part.opening),
        payments=_money(part.total(LineKind.PAYMENT)),
        refunds=_money(part.total(LineKind.REFUND)),
        other=_money(part.total(LineKind.OTHER)),
        closing=_money(part.closing),
        difference_minor=part.difference.minor,
        lines=[_line_facts(statement, each) for each in part.lines],
    )


def _line_facts(statement: Statement, line: Line) -> LineFacts:
    return LineFacts(
        record=line.kind,
        at=_moment(statement, line),
        bill_id=line.bill_id,
        refund_id=line.refund_id,
        amount=_money(line.money),
    )


def _money(money: Money) -> MoneyFacts:
    return MoneyFacts(value=str(money.value), minor=money.minor)
