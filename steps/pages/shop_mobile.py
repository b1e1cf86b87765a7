"""The pages of the shop on a phone, with their own layout and checkout (C3)."""

from __future__ import annotations

from checkout_conformance.drivers.page import Page
from checkout_conformance.targets.target import Target

from ..support.published_cards import PaymentCard
from .card_form import CardForm
from .flows import ShopMobileFlows
from .shop import Shop


class ShopMobile(Shop, CardForm, ShopMobileFlows):
    """The shop on a phone: Pay in the cart opens a window, then the list of cards."""

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.entries = self.part("How would you like to pay?").locator("li")
        self.window = self.part("Your purchase")
        self.address = self.part("Delivery address")

    def save_card(self, card: PaymentCard, **changes: str) -> None:
        """Fill in the form, turn on Save card and press Done."""
        self.fill_in_card(card, **changes)
        self.switch_on("Save card")
        self.press("Done")

    def switch_on(self, label: str) -> None:
        """Turn on the switch with this label."""
        self.tick_box(label)
