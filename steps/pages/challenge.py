"""The page on which a card's issuer asks for a code: 3-D Secure (C1.5, C2.5, C3.5)."""

from __future__ import annotations

import re

from checkout_conformance.drivers.page import Page
from checkout_conformance.drivers.site import Site
from checkout_conformance.targets.target import Target, not_offered

# No document has a word for these.
CONFIRM = re.compile(r"confirm|submit|подтверд|تأكيد|أكّد", re.IGNORECASE)
NEW_CODE = re.compile(r"new code|again|resend|новый код|ещё раз|رمز جديد|مرة أخرى", re.IGNORECASE)
CANCEL = re.compile(r"cancel|отмен|إلغاء", re.IGNORECASE)


class Challenge(Site):
    """The challenge of a card's issuer, in the buyer's browser."""

    name = "acs"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        self.code = self.field("Code from the message")

    def wait_for_code_page(self) -> None:
        """Wait for the page that asks for the code."""
        self.code.wait_for()

    def answer(self, code: str) -> None:
        """Type a code and send it. It may move money, and the press guard counts it as Confirm."""
        self.fill_in("Code from the message", code)
        with self.guard_press("Confirm"):
            self.follow(self.main.get_by_role("button", name=CONFIRM))

    def ask_for_new_code(self) -> None:
        """Ask for another code, on the page as it is now; skip if this issuer sends no other."""
        self.page.reload()
        button = self.main.get_by_role("button", name=NEW_CODE)
        if not button.is_visible():
            not_offered("another code for a card")
        self.follow(button)

    def cancel(self) -> None:
        """Give up the challenge."""
        self.follow(self.main.get_by_role("button", name=CANCEL))
