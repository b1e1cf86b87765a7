"""The page of the buyer's phone."""

from __future__ import annotations

from checkout_conformance.drivers.page import Page
from checkout_conformance.drivers.rows import rows_in
from checkout_conformance.drivers.site import Site
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target


class Phone(Site):
    """The phone's page, in a tab beside the one where the buyer pays."""

    name = "phone"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.messages = rows_in(self.main)

    def look_at(self, buyer: Buyer) -> None:
        """Open the messages of the buyer's phone."""
        self.open(self.target.path(self.name, "messages").replace("{phone}", buyer.phone))
