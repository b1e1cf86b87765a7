"""What a page object asks before it presses or types anything on somebody's staging."""

from __future__ import annotations

import re
from collections import Counter
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
        self.pressed: Counter[str] = Counter()

    def before_press(self, name: str, page: OpenPage) -> None:
        """The control that features call ``name`` is about to be pressed.

        Raises SpendingError where that might cost more than the target's file allows.
        """
        if self._watches(page.where) and self._purse.watches(name):
            self._purse.before_press(name, page.text())

    def after_press(self, name: str, where: str) -> None:
        """It was pressed, on the page that was ``where``."""
        if self._watches(where):
            self.pressed[name] += 1
            self.made.pressed(name, where)

    def _watches(self, where: str) -> bool:
        return urlsplit(where).netloc in self._places

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
