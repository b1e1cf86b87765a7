"""The form for the four values of a card, the same on every site."""

from __future__ import annotations

from checkout_conformance.drivers.page import Locator

from .flows import FIELDS, CardFlows


class CardForm(CardFlows):
    """Fields for number, holder, expiry and security code, on any site."""

    def fields_of_card(self) -> list[Locator]:
        """The four fields."""
        return [self.field(label) for label in FIELDS]
