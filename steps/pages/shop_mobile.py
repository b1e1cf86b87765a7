"""The pages of the shop on a phone: a layout, and a way, of their own (C3)."""

from __future__ import annotations

from playwright.sync_api import Page

from steps.pages.card_form import CardForm
from steps.pages.shop import Shop
from steps.published_cards import Card
from steps.target import Target


class ShopMobile(Shop, CardForm):
    """The shop on a phone: the cart's button is Pay, then a window, then the list of cards."""

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        ways = self.main.get_by_role("radiogroup", name=target.label("How would you like to pay?"))
        self.entries = ways.locator("li")
        self.window = self.main.get_by_role("region", name=target.label("Your purchase"))
        self.address = self.window.get_by_role("region", name=target.label("Delivery address"))

    def start_order(self) -> None:
        """Tick everything in the cart and press Pay."""
        self.open()
        self.open_in_menu("Cart")
        for line in self.cart_lines.all():
            line.check()
        self.press("Pay")

    def come_to_cards(self, product: str) -> None:
        """Begin to buy a product, up to the list of cards."""
        self.come_to_checkout(product)
        # Once given, an address is kept and only to be chosen.
        if self.field("City").is_visible():
            self.give_address()
        self.press("Pay")

    def come_to_card_form(self, product: str) -> None:
        """Begin to buy a product, up to the form for a new card."""
        self.come_to_cards(product)
        self.press("Add new card")

    def save_card(self, card: Card, **changes: str) -> None:
        """Fill in the form, switch Save card on and press Done."""
        self.fill_in_card(card, **changes)
        self.switch_on("Save card")
        self.press("Done")

    def link_card(self, card: Card, product: str) -> None:
        """Begin to buy a product, and link a card on the way."""
        self.come_to_card_form(product)
        self.save_card(card)

    def switch_on(self, label: str) -> None:
        """Turn the switch on that carries the label."""
        self.main.get_by_role("switch", name=self.target.label(label)).check()
