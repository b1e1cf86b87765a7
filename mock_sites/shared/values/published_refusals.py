"""Values that are always rejected: the table that sites, features and README share."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .money import Money, parse_amount
from .refusal import Refusal

TABLE = Path(__file__).parents[3] / "features" / "refusals.toml"
CURRENCY = "RUB"


@dataclass(frozen=True)
class PublishedRefusal:
    """A value (an account, an amount in roubles, the beginning of a phone) and its outcome.

    A card amount is refused by the issuer of whichever card is to pay it.
    """

    kind: str
    value: str
    outcome: str
    meaning: str


@cache
def published_refusals() -> tuple[PublishedRefusal, ...]:
    """The whole table, in its own order."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return tuple(PublishedRefusal(**row) for row in table["refusal"])


def of_account(account: str) -> Refusal | None:
    """Return the refusal of a payment to that account, if the table has one."""
    return next((Refusal(row.outcome, "account") for row in _rows("account", account)), None)


def of_amount(money: Money) -> Refusal | None:
    """Return the refusal of a wallet payment of that amount, if the table has one."""
    return _of_money("amount", money)


def of_card_amount(money: Money) -> Refusal | None:
    """Return the refusal of a card payment of that amount, if the table has one."""
    return _of_money("card amount", money)


def of_phone(phone: str) -> Refusal | None:
    """Return the refusal of messages to that phone (E.164), if the table has one."""
    rows = [row for row in _rows("phone") if phone.startswith(row.value)]
    return next((Refusal(row.outcome) for row in rows), None)


def _of_money(kind: str, money: Money) -> Refusal | None:
    rows = [row for row in _rows(kind) if parse_amount(row.value, CURRENCY) == money]
    return next((Refusal(row.outcome) for row in rows), None)


def _rows(kind: str, value: str | None = None) -> list[PublishedRefusal]:
    return [row for row in published_refusals() if row.kind == kind and value in (None, row.value)]
