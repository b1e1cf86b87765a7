"""Cards at the shop's desktop checkout (C1), and in the buyer's profile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from urllib.parse import urljoin

from checkout_conformance.drivers.capabilities import Capability, needs
from checkout_conformance.drivers.finding import CONTENT, button, in_content
from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.navigation import follow_out
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.drivers.questions import question_at
from checkout_conformance.drivers.rows import rows_in
from checkout_conformance.targets.target import Target

from ..support.card_masks import any_card
from ..support.published_cards import PaymentCard
from .card_form import CardForm
from .flows.shop import PAYMENT_METHODS

MIDDLE = """heading => {
    const box = heading.getBoundingClientRect();
    return (box.left + box.right) / 2 / document.documentElement.clientWidth;
}"""


class ShopCards(CardForm):
    """The block Payment methods, the form in it, and the list of linked cards."""

    name = "shop"

    def __init__(self, page: Page, target: Target) -> None:
        super().__init__(page, target)
        # The words in which the browser has asked something, for the shop.
        self.question = ""
        self.linked = rows_in(self.part("Linked cards")).filter(has_text=any_card())

    def linked_card(self, card: PaymentCard) -> Locator:
        """The card among the linked ones, on the profile."""
        return self.linked.filter(has_text=shown(card))

    def method(self, label: str) -> Locator:
        """A payment method."""
        return self.radio(label)

    def asks_only_for_card(self) -> bool:
        """Whether the open page is for nothing but the values of a card."""
        if not self.asks_for("Card number") or self.control("Confirm order").count():
            return False
        return not self.main.locator(PAYMENT_METHODS).count()

    def leads_to(self, link: Locator, *sites: str) -> bool:
        """Whether a link leads to a page of one of these sites, not to anybody else's or to none.

        A buyer may be offered to write a letter, or to read the page of a delivery service.
        """
        with suppress(ValueError):
            return urljoin(self.page.url, link.get_attribute("href") or "").startswith(sites)
        return False

    def offered(self, card: PaymentCard) -> Locator:
        """The card in the list of cards to pay with."""
        return self.main.get_by_role("radio", name=shown(card))

    def choose_card(self, card: PaymentCard) -> None:
        """Choose a linked card at the open checkout."""
        self.open_block("Payment methods")
        self.offered(card).check()

    def save_card(self, card: PaymentCard, **changes: str) -> None:
        """Fill in the form, tick Save card and confirm the form."""
        self.fill_in_card(card, **changes)
        self.tick("Save card")
        self.press("Confirm (card)")

    def pay_once(self, card: PaymentCard) -> None:
        """Fill in the form and confirm it without Save card, even if it was ticked before."""
        self.fill_in_card(card)
        self.leave_unsaved()
        self.press("Confirm (card)")

    def leave_unsaved(self) -> None:
        """Remove the tick of Save card, which a shop may set by itself."""
        self.box("Save card").uncheck()

    def tick(self, label: str) -> None:
        """Tick the box that carries the label."""
        self.tick_box(label)

    def press_below(self, heading: str, label: str) -> None:
        """Follow the link in the part of the page with this heading, or on the page it leads to.

        If the browser asks whether to leave, the buyer does not go yet; see ``question``.
        """
        control = self.control_in(self.part(heading), label)
        if not self.part(heading).count() and self.link(heading).count():
            self.follow(self.link(heading))
            control = self.control(label)
        self.question = question_at(self.page, lambda: self.follow(control), accept=False)
        self._asked_by = control

    @property
    def way_out(self) -> NamedLocator:
        """What leads from the notice of leaving to the vault: where it leads says it as well."""
        name, vault = self.target.name_of("Continue"), self.target.urls.get("vault")
        named = in_content(self.page, name, button, "button or link")
        if not vault:
            return named
        link = CONTENT.keep(self.page.locator(f'a[href^="{vault.rstrip("/")}"]'))
        ways = [*named.alternatives, link, named.alternatives[-1].or_(link)]
        return NamedLocator("the way to the vault", ways)

    def continue_to_vault(self) -> None:
        """Agree to leave for the vault: on the shop's notice, or to the browser's question."""
        if self.question:
            agree = partial(follow_out, self._asked_by, self.page)
            question_at(self.page, agree, accept=True)
        else:
            follow_out(self.way_out, self.page)

    @needs(Capability.LAYOUT)
    def place_of(self, heading: str) -> float:
        """How far the middle of a heading is from the left edge, as a part of the page's width."""
        words = self.target.label(heading)
        place: float = self.main.get_by_role("heading", name=words).evaluate(MIDDLE)
        return place

    def is_from_right_to_left(self) -> bool:
        """Whether the page reads from right to left."""
        return self.document.get_attribute("dir") == "rtl"

    def open_profile(self) -> None:
        """Open the profile, which lists the linked cards."""
        self.open()
        self.open_in_menu("My profile")

    def stay(self) -> None:
        """On the notice of leaving, stay in the shop; the browser's question was not agreed to."""
        if self.question:
            return
        if self.control("Stay in the shop").is_visible():
            self.press("Stay in the shop")
        else:
            self.go_back()

    @contextmanager
    def profile_beside(self) -> Iterator[ShopCards]:
        """The profile in a second tab, closed afterwards."""
        page = self.page.context.new_page()
        profile = ShopCards.on(page, self.target)
        profile.open_profile()
        yield profile
        page.close()


def shown(card: PaymentCard) -> re.Pattern[str]:
    """Finds what a site shows for a card."""
    return card.on_page
