"""The form of a card's four values, alike at the shop's desktop, on its phone and in the vault."""

from __future__ import annotations

from playwright.sync_api import Locator

from steps.pages.site import Site
from steps.published_cards import Card

FIELDS = ("Card number", "Card holder", "Expiry", "Security code")
HOLDER = "Anna Petrova"


class CardForm(Site):
    """Fields for number, holder, expiry and security code, on whichever site."""

    def fill_in_card(self, card: Card, **changes: str) -> None:
        """Type the four values of a card; ``changes`` replace some, by the field's label."""
        values = dict(zip(FIELDS, self.values_of(card), strict=True)) | changes
        for label, value in values.items():
            self.fill_in(label, value)

    def fields_of_card(self) -> list[Locator]:
        """The four fields."""
        return [self.field(label) for label in FIELDS]

    @staticmethod
    def values_of(card: Card) -> tuple[str, str, str, str]:
        """What is typed into the four fields, in their order."""
        return card.number, HOLDER, card.expiry, card.security_code
