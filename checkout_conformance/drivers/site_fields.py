"""What a buyer fills in, chooses and ticks on a site, by the labels of the features."""

from __future__ import annotations

from checkout_conformance.drivers.choices import choose
from checkout_conformance.drivers.finding import answer, choice, field, in_content, radio, tick
from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.targets.target import Target, not_offered


class SiteFields:
    """The fields, choices and tick boxes of a site's pages."""

    page: Page
    target: Target
    main: Locator

    def field(self, label: str) -> NamedLocator:
        """Return the field with the label."""
        return in_content(self.page, self.target.name_of(label), field, "field")

    def fill_in(self, label: str, value: str) -> None:
        """Fill in the field with the label."""
        if self.target.press_guard and not self.target.press_guard.may_type(value):
            not_offered("card numbers that are not published test numbers")
        self.field(label).fill(value)

    def select(self, label: str, value: str) -> None:
        """Select an option, by its value, in the list with the label."""
        self.field(label).select_option(value)

    def choose(self, label: str) -> None:
        """Choose the radio button, or the option of a list box, with the label."""
        choose(self.choice(label), self.page)

    def choice(self, label: str) -> Locator:
        """Return the radio button, or the option of a list box, with the label."""
        return in_content(self.page, self.target.name_of(label), choice, "choice")

    def answer_to(self, label: str) -> NamedLocator:
        """Return an answer to a question, whether it is chosen or pressed."""
        return in_content(self.page, self.target.name_of(label), answer, "answer")

    def radio(self, label: str) -> Locator:
        """Return the radio button with the label."""
        return in_content(self.page, self.target.name_of(label), radio, "radio button")

    def tick_box(self, label: str) -> None:
        """Tick the checkbox, or turn on the switch, with the label."""
        self.box(label).check()

    def box(self, label: str) -> NamedLocator:
        """Return the tick box or switch with the label."""
        return in_content(self.page, self.target.name_of(label), tick, "tick box or switch")

    def tick_everything(self) -> None:
        """Tick every checkbox of the page."""
        for box in self.main.get_by_role("checkbox").all():
            box.check()

    def asks_for(self, label: str) -> bool:
        """Return whether the open page has a field with the label; does not wait."""
        return self.field(label).is_visible()
