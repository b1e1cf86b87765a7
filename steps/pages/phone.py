"""The page of the buyer's phone."""

from __future__ import annotations

import re

from checkout_conformance.drivers.page import Page
from checkout_conformance.drivers.rows import rows_in
from checkout_conformance.drivers.site import Site
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target

# Of a code whose length no target says: longer than a year, shorter than most other numbers.
DIGITS = "5,8"


class Phone(Site):
    """The phone's page, in a tab beside the one where the buyer pays."""

    name = "phone"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.messages = rows_in(self.main)
        self.messages_with_codes = self.messages.filter(has_text=_code(target))

    def look_at(self, buyer: Buyer) -> None:
        """Open the messages of the buyer's phone."""
        self.open(self.target.path(self.name, "messages").replace("{phone}", buyer.phone))


def _code(target: Target) -> re.Pattern[str]:
    """What a code looks like in a message: others may write to the phone too."""
    return re.compile(rf"(?<![\d-])\d{{{target.code_digits or DIGITS}}}(?![\d-])")
