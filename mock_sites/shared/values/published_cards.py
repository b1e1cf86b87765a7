"""The published test cards: the one table that the sites, features and documentation share."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parents[3] / "features" / "test_cards.toml"
# What the smallest check of a card is made in, where the table names no currency.
DEFAULT_CURRENCY = "RUB"


class Authentication(StrEnum):
    """What 3-D Secure asks of the holder of a card."""

    NONE = "none"
    FRICTIONLESS = "frictionless"
    CHALLENGE = "challenge"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class PublishedCard:
    """A published test card, and what the simulated issuer answers to it."""

    name: str
    number: str
    brand: str
    outcome: str
    meaning: str
    currency: str = DEFAULT_CURRENCY
    authentication: Authentication = Authentication.NONE


@cache
def published_cards() -> tuple[PublishedCard, ...]:
    """The whole table, in its own order."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return tuple(_card(**card) for card in table["card"])


def _card(*, authentication: str = Authentication.NONE, **card: str) -> PublishedCard:
    return PublishedCard(**card, authentication=Authentication(authentication))
