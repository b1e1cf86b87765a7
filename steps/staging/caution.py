"""What a page object asks before it presses or types anything on somebody's staging."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Protocol
from urllib.parse import urlsplit

from stdnum import luhn

from steps.published_cards import is_published
from steps.staging.made import MadeThings
from steps.staging.purse import Purse

SHORTEST_CARD_NUMBER = 13


class OpenPage(Protocol):
    """As much of a page object as caution needs."""

    @property
    def where(self) -> str:
        """Where it is, without a query."""

    def text(self) -> str:
        """What it shows."""


class Caution:
    """Counts the money, writes down what is made, and lets no real card number through."""

    def __init__(self, addresses: Collection[str], purse: Purse, made: MadeThings) -> None:
        """``addresses`` are those of the team's own sites: our mocks need no care."""
        self._places = {urlsplit(address).netloc for address in addresses}
        self._purse = purse
        self.made = made
        self.pressed: set[str] = set()

    def before_press(self, name: str, page: OpenPage) -> None:
        """The control that features call ``name`` is about to be pressed.

        Raises SpendingError where that might cost more than the target's file allows.
        """
        if urlsplit(page.where).netloc not in self._places:
            return
        if self._purse.watches(name):
            self._purse.before_press(name, page.text())
        self.pressed.add(name)
        self.made.pressed(name, page.where)

    def may_type(self, value: str) -> bool:
        """Whether a value may be typed: no card number but a published one."""
        digits = re.sub(r"[\s-]", "", value)
        is_card = (
            digits.isascii()
            and digits.isdigit()
            and len(digits) >= SHORTEST_CARD_NUMBER
            and luhn.is_valid(digits)
        )
        return not is_card or is_published(digits)
