"""Page objects for the oscar that pays through the wallet: what differs from plain oscar."""

from __future__ import annotations

from checkout_conformance.drivers.page import Page
from checkout_conformance.targets.target import Target

from ..oscar import OscarShop


class WalletShop(OscarShop):
    """Its orders have a state, which stands below a heading."""

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.order_state = self.main.locator("h2:text-is('Status') + p")
