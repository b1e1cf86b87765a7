"""The pages of the card vault (C2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page

from checkout_conformance.drivers.http_session import off_screen
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target

from ..published_cards import Card
from .card_form import CardForm
from .flows import VaultFlows
from .http_flows import VaultHttpSession
from .shop_cards import shown


class Vault(CardForm, VaultFlows):
    """The vault: signing in, the bank-card icon, the management of cards."""

    name = "vault"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.rows = self.main.get_by_role("table").locator("tbody").get_by_role("row")
        self.message = self.main.get_by_role("status")
        self.trouble = self.main.get_by_role("alert")

    def enter(self, buyer: Buyer, show: bool = True) -> None:
        """Be signed in; unless told not to, at the vault's home page."""
        with self.beforehand(show) as vault:
            vault.come_in(buyer)

    @contextmanager
    def beforehand(self, show: bool = True) -> Iterator[VaultFlows]:
        """Ways that a scenario presupposes; unless told not to, the last page is shown."""
        with off_screen(self, VaultHttpSession, show) as vault:
            yield vault

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
