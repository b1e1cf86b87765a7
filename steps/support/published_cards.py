"""The published test cards, by name. No other card number is typed into a site."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache

from checkout_conformance.project import FEATURES
from checkout_conformance.redaction.secrets import hide

from .card_masks import mask_of

TABLE = FEATURES / "test_cards.toml"
EXPIRY = "12/30"


@dataclass(frozen=True)
class PaymentCard:
    """A test card; its ``repr`` shows neither number nor code."""

    name: str
    brand: str
    number: str = field(repr=False)
    security_code: str = field(repr=False)
    expiry: str = EXPIRY

    @property
    def last_four(self) -> str:
        """The last four digits, which may be shown."""
        return self.number[-4:]

    @property
    def on_page(self) -> re.Pattern[str]:
        """Finds the card in a text: its brand and its last four digits, as sites mask them."""
        return mask_of(self.brand, self.last_four)


class UnknownCard(LookupError):
    """A feature names a card that the table does not have."""


def published_card(name: str) -> PaymentCard:
    """The card of that name in features/test_cards.toml. Raises UnknownCard."""
    cards = _cards()
    if name not in cards:
        known = "; ".join(cards)
        raise UnknownCard(f"features/test_cards.toml has no card {name!r}, only: {known}")
    return cards[name]


def is_published(number: str) -> bool:
    """Whether a card number, digits only, is in features/test_cards.toml."""
    return any(card.number == number for card in _cards().values())


@lru_cache
def _cards() -> dict[str, PaymentCard]:
    entries = tomllib.loads(TABLE.read_text(encoding="utf-8"))["card"]
    return {entry["name"]: _card(entry) for entry in entries}


def _card(entry: dict[str, str]) -> PaymentCard:
    code = "7391" if entry["brand"] == "American Express" else "739"
    return PaymentCard(entry["name"], entry["brand"], hide(entry["number"]), hide(code))
