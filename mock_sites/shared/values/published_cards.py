"""The published test cards: the one table that the sites, features and documentation share."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parents[3] / "features" / "test_cards.toml"
# What the smallest check of a card is made in, where the table names no currency.
DEFAULT_CURRENCY = "RUB"


@dataclass(frozen=True)
class PublishedCard:
    """A payment network's own test card, and what the simulated issuer answers to it."""

    name: str
    number: str
    brand: str
    outcome: str
    meaning: str
    currency: str = DEFAULT_CURRENCY


@cache
def published_cards() -> tuple[PublishedCard, ...]:
    """The whole table, in its own order."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return tuple(PublishedCard(**card) for card in table["card"])
