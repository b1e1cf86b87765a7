"""The wallet's pages: signing in, the home page, what can be paid."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page

from steps.pages.site import Site
from steps.people import Buyer
from steps.target import Target


class Wallet(Site):
    """The wallet, as somebody sees it who has not begun a payment."""

    name = "wallet"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.balance = self.main.get_by_role("region", name=target.label("Balance"))
        self.notice = self.main.get_by_role("region", name=target.label("Unpaid invoices"))
        self.tiles = self.main.get_by_role("listitem").get_by_role("link")
        self.trouble = self.main.get_by_role("alert")

    def enter(self, buyer: Buyer) -> None:
        """Go to the home page and sign in."""
        self.open()
        self.sign_in(buyer.phone, buyer.password)

    def logo(self, tile: Locator) -> Locator:
        """The picture on a tile."""
        return tile.locator("img")

    def tile(self, caption: str) -> Locator:
        """The tile that carries the caption, and a logo."""
        words = self.target.label(caption)
        captioned = self.main.get_by_role("listitem").get_by_role("link", name=words, exact=True)
        return captioned.filter(has=self.page.locator("img"))

    def open_tile(self, caption: str) -> None:
        """Go where the tile leads."""
        self.follow(self.tile(caption))

    def group(self, name: str) -> Locator:
        """The payees of a category that belong together."""
        return self.main.get_by_role("list", name=self.target.label(name), exact=True)

    def open_category(self, category: str) -> None:
        """Go by the menu to a category's payees."""
        self.open_in_menu("Pay")
        self.open_tile(category)

    def open_payee(self, category: str, payee: str) -> None:
        """Go by the menu to a payee's form."""
        self.open_category(category)
        self.open_tile(payee)

    @contextmanager
    def in_another_tab(self) -> Iterator[Wallet]:
        """The home page in a tab beside this one, closed after a look."""
        page = self.page.context.new_page()
        wallet = Wallet.on(page, self.target)
        wallet.open()
        yield wallet
        page.close()
