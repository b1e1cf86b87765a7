"""The pages of the card vault (C2)."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from steps.pages.card_form import CardForm
from steps.pages.shop_cards import shown
from steps.people import Buyer
from steps.published_cards import Card
from steps.target import Target


class Vault(CardForm):
    """The vault: signing in, the bank-card icon, the management of cards."""

    name = "vault"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.rows = self.main.get_by_role("table").locator("tbody").get_by_role("row")
        self.message = self.main.get_by_role("status")
        self.trouble = self.main.get_by_role("alert")

    def enter(self, buyer: Buyer) -> None:
        """Go to the vault and sign in."""
        self.open()
        self.sign_in(buyer.phone, buyer.password)

    def switch_language(self, name: str) -> None:
        """Choose the page's language, which is named in itself."""
        self.follow(self.page.get_by_role("link", name=name, exact=True))

    def press_icon(self) -> None:
        """Press the icon of a bank card."""
        icon = self.main.get_by_role("link", name=self.target.label("Bank cards"), exact=True)
        self.follow(icon.filter(has=self.page.locator("img")))

    def open_cards(self) -> None:
        """Go to the management of cards."""
        self.open()
        self.press_icon()

    def open_form(self) -> None:
        """Go to the form for a new card."""
        self.open_cards()
        self.press("Add card")

    def fill_in_all(self, card: Card, **changes: str) -> None:
        """Type everything that the form asks for."""
        self.fill_in_card(card, **changes)
        self.field("Country").select_option("RU")
        self.fill_in("Postal code", "420111")
        self.fill_in("Address", "Bauman Street 12, flat 3")

    def save_card(self, card: Card) -> None:
        """Link a card, from wherever the buyer is in the vault."""
        self.open_form()
        self.fill_in_all(card)
        self.press("Save")

    def row(self, card: Card) -> Locator:
        """The card's line in the list."""
        return self.rows.filter(has_text=shown(card))

    def press_beside(self, card: Card, label: str) -> None:
        """Press what stands in the card's line."""
        words = self.target.label(label)
        row = self.row(card)
        self.follow(row.get_by_role("button", name=words).or_(row.get_by_role("link", name=words)))

    def ask_to_delete(self, *cards: Card) -> None:
        """Tick cards and press Delete; the question comes."""
        self.open_cards()
        for card in cards:
            self.row(card).get_by_role("checkbox").check()
        self.press("Delete")

    def delete(self, *cards: Card) -> None:
        """Delete cards, and agree to the question."""
        self.ask_to_delete(*cards)
        self.press("Confirm")
