"""Flows through the shop on a phone."""

from __future__ import annotations

from ...support.published_cards import PaymentCard
from .shop import ShopFlows


class ShopMobileFlows(ShopFlows):
    """Flows through the shop on a phone."""

    def asks_for_address_only(self) -> bool:
        """Return False: on a phone the address belongs to the window (C3.3)."""
        return False

    def press(self, label: str) -> None:
        """Press the button or link with the label; Add new card may also be chosen."""
        if (
            label == "Add new card"
            and not self.control(label).count()
            and self.radio(label).count()
        ):
            self.choose(label)
            super().press("Pay now")
        else:
            super().press(label)

    def start_order(self) -> None:
        """Tick everything in the cart and press Pay."""
        self.open()
        self.open_in_menu("Cart")
        self.tick_everything()
        self.press("Pay")

    def come_to_cards(self, product: str) -> None:
        """Start buying a product, up to the list of cards."""
        self.come_to_checkout(product)
        self.go_on_to_cards()

    def go_on_to_cards(self) -> None:
        """Go on from the open checkout to the list of cards."""
        # The shop keeps an address, so it asks for it only once.
        if self.asks_for("City"):
            self.give_address()
        self.press("Pay")

    def order_otherwise(self, method: str) -> None:
        """Place the order of the open checkout, to be paid by a method that is no card."""
        self.go_on_to_cards()
        self.choose_method(method)
        self.press("Pay now")

    def unfold_methods(self) -> None:
        """Do nothing: on a phone the methods stand in the list of cards (C3.4)."""

    def come_to_card_form(self, product: str) -> None:
        """Start buying a product, up to the form for a new card."""
        self.come_to_cards(product)
        self.press("Add new card")

    def link_at_checkout(self, card: PaymentCard) -> None:
        """Link a card at the open checkout."""
        self.go_on_to_cards()
        self.press("Add new card")
        self.fill_in_card(card)
        self.tick_box("Save card")
        self.press("Done")
