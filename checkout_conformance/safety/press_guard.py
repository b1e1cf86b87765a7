"""What a page object asks before it presses or types anything on somebody's staging."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from typing import Protocol

from playwright.sync_api import Page
from stdnum import luhn

from checkout_conformance.content import content
from checkout_conformance.safety.page_text import language_of, shown_text
from checkout_conformance.safety.side_effects import SideEffects
from checkout_conformance.safety.spending_limit import SpendingLimit
from checkout_conformance.targets.hosts import endpoint_of

SHORTEST_CARD_NUMBER = 13


class OpenPage(Protocol):
    """As much of a page object as press_guard needs."""

    @property
    def where(self) -> str:
        """Where it is, without a query."""

    @property
    def page(self) -> Page:
        """Its tab."""


class PressGuard:
    """Counts the money, writes down what is made, and lets no real card number through."""

    def __init__(
        self,
        spending_limit: SpendingLimit,
        made: SideEffects,
        within: str | None = None,
        sells_nothing: Collection[str] = (),
    ) -> None:
        """``within`` is a CSS selector: where the pages have the total, if not anywhere. On the
        sites at ``sells_nothing`` no press pays."""
        self._trusted: set[str] = set()
        self._sells_nothing = {endpoint_of(address) for address in sells_nothing}
        self._spending_limit = spending_limit
        self._within = within
        self.side_effects = made
        self.pressed: Counter[str] = Counter()

    def trust(self, addresses: Collection[str]) -> None:
        """Take no care on these sites: our own mocks. On all others it is taken."""
        self._trusted |= {endpoint_of(address) for address in addresses}

    def before_press(self, name: str, page: OpenPage, times: int = 1) -> None:
        """The control that features call ``name`` is about to be pressed, so many times.

        Raises SpendingError where that might cost more than the target's file allows, or where
        nobody can tell what it costs.
        """
        if self._may_pay(page.where) and self._spending_limit.watches(name):
            text = shown_text(page.page, self._within)
            self._spending_limit.before_press(name, text, language_of(page.page), times)

    def after_press(self, name: str, where: str) -> None:
        """It was pressed, on the page that was ``where``."""
        if self._watches(where):
            self.pressed[name] += 1
            self.side_effects.pressed(name, where)

    def _may_pay(self, where: str) -> bool:
        return self._watches(where) and not _is_at(where, self._sells_nothing)

    def _watches(self, where: str) -> bool:
        return not _is_at(where, self._trusted)

    def may_type(self, value: str) -> bool:
        """Whether a value may be typed: no card number but a published one."""
        digits = re.sub(r"[\s-]", "", value)
        is_card = (
            digits.isascii()
            and digits.isdigit()
            and len(digits) >= SHORTEST_CARD_NUMBER
            and luhn.is_valid(digits)
        )
        return not is_card or content().is_test_card(digits)


def _is_at(where: str, places: Collection[str]) -> bool:
    try:
        return endpoint_of(where) in places
    except ValueError:
        return False
