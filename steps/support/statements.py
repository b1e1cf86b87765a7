"""A shop's statement of a day, as the wallet writes it in JSON and in CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PAYMENT, REFUND, OPENING, CLOSING = "payment", "refund", "opening", "closing"


@dataclass(frozen=True, order=True)
class StatementLine:
    """A movement; ``minor`` are the minor units of its currency, below zero if money left."""

    kind: str
    invoice: str
    refund: str
    minor: int
    currency: str


@dataclass(frozen=True)
class DayStatement:
    """A day of a shop: its balances before and after, the sums that it states, and its lines.

    A statement has a part for each currency. All amounts are minor units of ``currency``; the
    lines are those of every currency, sorted.
    """

    opening: int
    closing: int
    stated: int
    lines: tuple[StatementLine, ...]


def read_json(facts: Mapping[str, Any], currency: str) -> DayStatement:
    """Read the statement in JSON; balances and sums are those of one currency, 0 without one."""
    parts = {str(part["currency"]): part for part in facts["currencies"]}
    lines = [_line_of(line, name) for name, part in parts.items() for line in part["lines"]]
    here = parts.get(currency)
    sums = ("payments", "refunds", "other")
    return DayStatement(
        opening=0 if here is None else int(here["opening"]["minor"]),
        closing=0 if here is None else int(here["closing"]["minor"]),
        stated=0 if here is None else sum(int(here[name]["minor"]) for name in sums),
        lines=tuple(sorted(lines)),
    )


def read_csv_lines(text: str) -> tuple[StatementLine, ...]:
    """Read the lines of the statement in CSV, sorted, without its balances."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    lines = [
        StatementLine(
            kind=row["record"],
            invoice=row["bill_id"],
            refund=row["refund_id"],
            minor=int(row["amount_minor"]),
            currency=row["currency"],
        )
        for row in rows
        if row["record"] not in (OPENING, CLOSING)
    ]
    return tuple(sorted(lines))


def _line_of(line: Mapping[str, Any], currency: str) -> StatementLine:
    return StatementLine(
        kind=str(line["record"]),
        invoice=str(line["bill_id"]),
        refund=str(line["refund_id"]),
        minor=int(line["amount"]["minor"]),
        currency=currency,
    )
