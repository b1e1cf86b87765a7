"""The check before anything is pressed or typed on a team's staging site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection
from typing import Protocol

from stdnum import luhn

from checkout_conformance.content import content
from checkout_conformance.drivers.page import Page
from checkout_conformance.safety.page_text import language_of, shown_text
from checkout_conformance.safety.side_effects import SideEffects
from checkout_conformance.safety.spending_limit import SpendingLimit
from checkout_conformance.targets.hosts import endpoint_of

SHORTEST_CARD_NUMBER = 13


class OpenPage(Protocol):
    """The part of a page object that the guard needs."""

    @property
    def where(self) -> str:
        """The address, without its query."""

    @property
    def page(self) -> Page:
        """The tab."""


class PressGuard:
    """Counts spending, records side effects and rejects real card numbers."""

    def __init__(
        self,
        spending_limit: SpendingLimit,
        made: SideEffects,
        within: str | None = None,
        sells_nothing: Collection[str] = (),
    ) -> None:
        """Make a guard.

        ``within`` is the CSS selector of the total on the pages (default: the whole page). On the
        sites at the addresses ``sells_nothing`` no press pays.
        """
        self._trusted: set[str] = set()
        self._sells_nothing = {endpoint_of(address) for address in sells_nothing}
        self._spending_limit = spending_limit
        self._within = within
        self.side_effects = made
        self.pressed: Counter[str] = Counter()

    def trust(self, addresses: Collection[str]) -> None:
        """Do not guard these addresses: they are mock sites."""
        self._trusted |= {endpoint_of(address) for address in addresses}

    def before_press(self, name: str, page: OpenPage, times: int = 1) -> None:
        """Check a press of the control ``name``, ``times`` times.

        Raises SpendingError if it might cost more than the target file allows, or if the amount
        cannot be read.
        """
        if self._may_pay(page.where) and self._spending_limit.watches(name):
            text = shown_text(page.page, self._within)
            self._spending_limit.before_press(name, text, language_of(page.page), times)

    def after_press(
        self, name: str, where: str, is_refused: Callable[[], bool] = lambda: False
    ) -> None:
        """Record that the control was pressed on the page ``where``.

        A payment that the page refused, such as one with a wrong code, leaves nothing behind:
        ``is_refused`` says so, and is asked for controls that may pay only.
        """
        if not self.watches(where):
            return
        self.pressed[name] += 1
        if not (name in content().paying and is_refused()):
            self.side_effects.pressed(name, where)

    def _may_pay(self, where: str) -> bool:
        return self.watches(where) and not _is_at(where, self._sells_nothing)

    def watches(self, where: str) -> bool:
        """Return whether presses on the page ``where`` are checked: not on mock sites."""
        return not _is_at(where, self._trusted)

    def may_type(self, value: str) -> bool:
        """Return whether a value may be typed: not if it is an unpublished card number."""
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
