"""The page of the buyer's phone."""

from __future__ import annotations

from checkout_conformance.drivers.page import Page
from checkout_conformance.drivers.site import Site
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target


class Phone(Site):
    """The phone's page, in a tab beside the one where the buyer pays."""

    name = "phone"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.messages = self.main.get_by_role("log").get_by_role("listitem")

    def look_at(self, buyer: Buyer) -> None:
        """Open the messages of the buyer's phone."""
        self.open(self.target.path(self.name, "messages").replace("{phone}", buyer.phone))
