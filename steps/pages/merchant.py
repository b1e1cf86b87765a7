"""The wallet's pages for shops: the daily statement, and the log of notifications."""

from __future__ import annotations

from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.drivers.rows import rows_in
from checkout_conformance.drivers.site import Site
from checkout_conformance.targets.target import Target

from ..support.amounts import NamedAmount

KEY = "Secret key"


class MerchantPages(Site):
    """The pages of a shop, in a browser that has shown the shop's secret key, or not yet."""

    name = "wallet"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.key = self.field(KEY)
        self.rows = rows_in(self.main)

    def open_statement(self) -> None:
        """Open today's statement, or what is shown before it."""
        self.open(self.target.path(self.name, "statement"))

    def open_log(self) -> None:
        """Open the log of notifications, or what is shown before it."""
        self.open(self.target.path(self.name, "notifications"))

    def show_key(self, secret_key: str) -> None:
        """Type the shop's key, which opens the page that was asked for."""
        self.fill_in(KEY, secret_key)
        self.press("Continue")

    def row(self, invoice: str, money: NamedAmount | None = None) -> Locator:
        """The rows about an invoice, of an amount if one is given."""
        rows = self.rows.filter(has_text=invoice)
        return rows if money is None else rows.filter(has_text=money.on_page)

    def send_again(self, invoice: str) -> None:
        """Press Send again beside the notification of an invoice."""
        self.follow(self.row(invoice).get_by_role("button", name=self.target.label("Send again")))
