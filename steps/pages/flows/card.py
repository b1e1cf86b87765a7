"""The form for the four values of a card, on any site."""

from __future__ import annotations

import re

from checkout_conformance.drivers.finding import CONTENT
from checkout_conformance.drivers.page import Locator
from checkout_conformance.drivers.site import Site

from ...data import data
from ...support.published_cards import PaymentCard
from ..expiry_boxes import choose_number, expiry_boxes

FIELDS = ("Card number", "Card holder", "Expiry", "Security code")
# What buys, and the link to the order on a page that only thanks for it.
BUYS = ("Confirm order", "Confirm (card)", "Pay now", "Done")
TO_ORDER = re.compile(r"\border\b|\bзаказу?\b|طلب", re.IGNORECASE)


class CardFlows(Site):
    """The form for the four values of a card, on any site."""

    def press(self, label: str) -> None:
        """Press the button or link with the label; what buys leads to the order."""
        super().press(label)
        if label in BUYS:
            self.go_on_to_order()

    def go_on_to_order(self) -> None:
        """If a page thanks for the order, follow its link to it."""
        if self.part("Order status").count() or self.control("Confirm order").count():
            return
        link = CONTENT.keep(self.main.get_by_role("link", name=TO_ORDER))
        if link.count() == 1:
            self.follow(link)

    def fill_in_card(self, card: PaymentCard, **changes: str) -> None:
        """Type the four values of a card; ``changes`` replace some, by the field's label."""
        for label, value in (values_of(card) | changes).items():
            if label == "Expiry":
                self.fill_in_expiry(value)
            else:
                self.fill_in(label, value)

    def fill_in_expiry(self, expiry: str) -> None:
        """Type an expiry, or choose its month and its year if they have list boxes.

        Skips the scenario if a list box does not offer what the scenario wants to type.
        """
        months, years = expiry_boxes(self.page)
        if not months.is_visible():
            self.fill_in("Expiry", expiry)
            return
        month, _, year = expiry.partition("/")
        choose_number(months, month, expiry)
        choose_number(years, year, expiry)

    def block(self, label: str) -> Locator:
        """A block of the page that can be collapsed."""
        return self.part(label)

    def open_block(self, label: str) -> None:
        """Expand the block by its arrow: the button in its heading, or the heading itself."""
        block = self.block(label)
        heading = block.get_by_role("heading")
        button = heading.locator("button, [role=button]")
        summary = block.locator("summary")
        for arrow in (button, heading, summary):
            if arrow.count():
                arrow.click()
                return
        heading.click()

    def show_card_form(self) -> None:
        """Make the open checkout show the form: where a card is linked, by its Add card."""
        if self.asks_for("Card number"):
            return
        if not self.control("Add card").is_visible():
            self.open_block("Payment methods")
        self.press("Add card")


def values_of(card: PaymentCard) -> dict[str, str]:
    """The values for the four fields of a card's form, by label."""
    return dict(
        zip(FIELDS, (card.number, data().card_holder, card.expiry, card.security_code), strict=True)
    )
