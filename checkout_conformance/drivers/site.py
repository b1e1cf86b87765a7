"""A site in the browser, as every buyer sees any site: buttons, links, fields, a menu."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self

from playwright.sync_api import Locator, Page

from checkout_conformance.drivers.actions import Actions
from checkout_conformance.targets.target import Target, not_offered

# As the press of this button sends its form, but the page stays, and nobody waits for the answer.
SEND_FORM = """button => void fetch(button.form.action, {
    method: "POST", body: new URLSearchParams(new FormData(button.form, button)),
    redirect: "manual", keepalive: true})"""


class Site(Actions):
    """One tab of the browser, on the pages of one site."""

    name: str

    def __init__(self, page: Page, target: Target) -> None:
        self.page = page
        self.target = target
        self.main = self.find_main()
        self.heading = self.main.get_by_role("heading", level=1)
        self.menu = page.get_by_role("navigation")
        self.document = page.locator("html")

    def url(self, path: str = "/") -> str:
        """The address of a page of this site."""
        return self.target.url(self.name, path)

    def find_main(self) -> Locator:
        """The main part of the page: what stands beside it is on every page."""
        return self.page.get_by_role("main")

    @classmethod
    def on(cls, page: Page, target: Target) -> Self:
        """This page object, or the one that the target's file puts in its place."""
        return target.replaced(cls)(page, target)

    @property
    def where(self) -> str:
        """Where the tab is, without a query."""
        return self.page.url.partition("?")[0]

    def shown(self, words: str | re.Pattern[str]) -> Locator:
        """What in the main part of the page shows exactly these words, or words of this pattern."""
        return self.main.get_by_text(words, exact=True)

    def alert(self, label: str) -> Locator:
        """The alert in the main part of the page that has the words of the label in it."""
        words = self.target.label(label)
        return self.main.get_by_role("alert").filter(has_text=words)

    def status(self, label: str) -> Locator:
        """The status message in the main part of the page that has the words of the label in it."""
        words = self.target.label(label)
        return self.main.get_by_role("status").filter(has_text=words)

    def new_tab(self) -> Self:
        """This site in a tab of its own, which is still empty."""
        return type(self)(self.page.context.new_page(), self.target)

    def copy_tab(self) -> Self:
        """The page that is open, opened once more in a tab of its own."""
        tab = self.new_tab()
        tab.page.goto(self.page.url)
        return tab

    def close(self) -> None:
        """Close the tab."""
        self.page.close()

    def text(self) -> str:
        """What the page shows."""
        return self.page.locator("body").inner_text()

    def open(self, path: str = "/") -> None:
        """Go to a page by its address."""
        self.page.goto(self.url(path))

    def control(self, label: str) -> Locator:
        """The button, or what looks like one, that carries the label."""
        words = self.target.label(label)
        button = self.main.get_by_role("button", name=words, exact=True)
        return button.or_(self.main.get_by_role("link", name=words, exact=True))

    def follow(self, control: Locator) -> None:
        """Press what leads to another page, and be there.

        A click is over as soon as the next page begins to arrive; what reads the page without
        waiting (a count, a list of rows) would see only its beginning.
        """
        control.click()
        self.page.wait_for_load_state("domcontentloaded")

    def press(self, label: str) -> None:
        """Press the button or the link that carries the label."""
        with self._guard_press(label):
            self.follow(self.control(label))

    def press_twice(self, label: str) -> None:
        """Press so fast that the second press comes before the answer to the first.

        Chromium makes one request of a double click on a button, other browsers make two: so
        here the form goes out once by itself, and once by the press.
        """
        with self._guard_press(label, times=2):
            self.control(label).evaluate(SEND_FORM)
            self.follow(self.control(label))

    def press_and_meanwhile(self, label: str, act: Callable[[], None]) -> None:
        """Press what is answered slowly, and do something before the answer comes."""
        with self._guard_press(label), self.page.expect_navigation(wait_until="domcontentloaded"):
            self.control(label).click(no_wait_after=True)
            act()

    @contextmanager
    def _guard_press(self, label: str, times: int = 1) -> Iterator[None]:
        """Ask before a press, and write it down after it, where the site is somebody else's."""
        press_guard, where = self.target.press_guard, self.where
        if press_guard:
            press_guard.before_press(label, self, times)
        yield
        if press_guard:
            press_guard.after_press(label, where)

    def field(self, label: str) -> Locator:
        """The field that carries the label."""
        return self.main.get_by_label(self.target.label(label), exact=True)

    def fill_in(self, label: str, value: str) -> None:
        """Type into the field that carries the label."""
        if self.target.press_guard and not self.target.press_guard.may_type(value):
            not_offered("card numbers that are not published test numbers")
        self.field(label).fill(value)

    def go_back(self) -> None:
        """Go back to the page before."""
        self.page.go_back()

    def change_address(self, old: str, new: str) -> None:
        """Replace a part of the page's path in the address bar, and go there."""
        self.page.goto(self.page.url.replace(f"/{old}", f"/{new}"))

    def leave_and_come_back(self) -> None:
        """Go away from all the sites, and then to the same address again."""
        address = self.page.url
        self.page.goto("about:blank")
        self.page.goto(address)

    def open_in_menu(self, label: str) -> None:
        """Choose an entry of the site's menu."""
        self.follow(self.menu.get_by_role("link", name=self.target.label(label), exact=True))

    def open_link(self, label: str) -> None:
        self.follow(self.main.get_by_role("link", name=self.target.label(label)))

    def button_for(self, label: str, product: str) -> Locator:
        """A button, of several, that is about one product."""
        words = f"{self.target.label(label)} {self.target.label(product)}"
        return self.main.get_by_role("button", name=words)

    def press_for(self, label: str, product: str) -> None:
        self.follow(self.button_for(label, product))

    def select(self, label: str, value: str) -> None:
        self.field(label).select_option(value)

    def choose(self, label: str) -> None:
        self.main.get_by_role("radio", name=self.target.label(label), exact=True).check()

    def tick_box(self, label: str) -> None:
        self.field(label).check()

    def tick_everything(self) -> None:
        for box in self.main.get_by_role("checkbox").all():
            box.check()

    def asks_for(self, label: str) -> bool:
        return self.field(label).is_visible()
