"""The form for the four values of a card, the same on every site."""

from __future__ import annotations

from checkout_conformance.drivers.page import Locator

from .expiry_boxes import expiry_boxes
from .flows.card import FIELDS, CardFlows


class CardForm(CardFlows):
    """Fields for number, holder, expiry and security code, on any site."""

    def fields_of_card(self) -> list[Locator]:
        """The four fields; of an expiry in list boxes both."""
        boxes = expiry_boxes(self.page)
        if not boxes[0].is_visible():
            return [self.field(label) for label in FIELDS]
        return [*(self.field(label) for label in FIELDS if label != "Expiry"), *boxes]
