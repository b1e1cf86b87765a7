"""Flows through the card vault."""

from __future__ import annotations

from ...data import data
from ...support.published_cards import PaymentCard
from .card import CardFlows
from .sign_in import SignInFlows


class VaultFlows(SignInFlows, CardFlows):
    """Flows through the card vault."""

    def open_cards(self) -> None:
        """Go to the management of cards."""
        self.open()
        self.open_link("Bank cards")

    def open_form(self) -> None:
        """Go to the form for a new card."""
        self.open_cards()
        self.press("Add card")

    def fill_in_all(self, card: PaymentCard, **changes: str) -> None:
        """Fill in every field of the form."""
        address = data().address
        self.select("Country", address.country)
        billing = {"Postal code": address.postal_code, "Address": address.street}
        self.fill_in_card(card, **billing | changes)

    def save_card(self, card: PaymentCard) -> None:
        """Link a card, from any page of the vault."""
        self.open_form()
        self.fill_in_all(card)
        self.press("Save")
