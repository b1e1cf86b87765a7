"""The pages of one site: buttons, links, fields and a menu, as on any site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self

from checkout_conformance.content import content
from checkout_conformance.drivers.capabilities import Capability, needs
from checkout_conformance.drivers.coming_back import patiently
from checkout_conformance.drivers.finding import (
    FOLDED_MENUS,
    button,
    in_content,
    in_menu,
    in_part,
    in_part_named,
    link,
    main_of,
    named_part,
)
from checkout_conformance.drivers.http.page import HttpPage
from checkout_conformance.drivers.http.session import page_over_http
from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.navigation import go_to
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.drivers.presses import PRESSES, shows_refusal
from checkout_conformance.drivers.rendering import needs_script
from checkout_conformance.drivers.rows import rows_in
from checkout_conformance.drivers.site_fields import SiteFields
from checkout_conformance.people import Buyer
from checkout_conformance.targets.addresses import without_query
from checkout_conformance.targets.names import whole_words
from checkout_conformance.targets.target import Target

# The name of the sign-in page's path in the data.
SIGN_IN = "sign_in"
SOMETHING = re.compile(r"\S")
# Fields whose values nobody can change.
ONLY_SHOWN = "input[readonly]:not([type=hidden]), textarea[readonly]"
# Sends the button's form as a press does, but stays on the page and does not wait for the answer.
SEND_FORM = """button => void fetch(button.form.action, {
    method: "POST", body: new URLSearchParams(new FormData(button.form, button)),
    redirect: "manual", keepalive: true})"""


class Site(SiteFields):
    """The pages of one site in a tab. Controls are named as in the features."""

    name: str
    # Whose pages these are: who signed in last, or None if nobody has.
    buyer: Buyer | None = None
    # The page, without its query, on which a control was pressed last.
    pressed_on: str = ""

    def __init__(self, page: Page, target: Target) -> None:
        self.page = page
        self.target = target
        self.main = self.find_main()
        self.heading = self.main.get_by_role("heading", level=1)
        self.announcements = self.find_announcements()
        self.alerts = self.main.get_by_role("alert")
        self.document = page.locator("html")

    def url(self, path: str = "/") -> str:
        """The address of a page of this site."""
        return self.target.url(self.name, path)

    def find_main(self) -> Locator:
        """Return the main part of the page: its body, if no part is marked as that."""
        return main_of(self.page)

    def find_announcements(self) -> Locator:
        """What the page tells the buyer about the last press, in whatever words.

        A hook: a class of your own knows where your pages say it, if not in alerts.
        """
        told = self.main.get_by_role("alert").or_(self.main.get_by_role("status"))
        return told.filter(has_text=SOMETHING)

    @classmethod
    def on(cls, page: Page, target: Target) -> Self:
        """Return this page object, or the class that the target file names for it."""
        return target.replaced(cls)(page, target)

    @contextmanager
    def beforehand(self, show: bool = True) -> Iterator[Self]:
        """This page object for preconditions: in the buyer's session, but without the browser.

        Afterwards the browser has the session's cookies and, if ``show`` is true, opens the page
        that was reached. A run that people watch stays in the browser.
        """
        if self.target.on_screen or isinstance(self.page, HttpPage) or self._needs_script():
            yield self
            return
        with page_over_http(self.page, self.target) as page:
            yield self.in_tab(page)
        if show:
            self.page.goto(page.url)

    def _needs_script(self) -> bool:
        # The phone has no sign-in page.
        return self.name in content().sign_in and needs_script(
            self.url(self.target.path(self.name, SIGN_IN)), self.target.locale
        )

    @property
    def where(self) -> str:
        """The address of the tab, without its query."""
        return without_query(self.page.url)

    def shown(self, words: str | re.Pattern[str]) -> Locator:
        """What in the main part of the page shows exactly these words, or words of this pattern.

        A text, or a field that only shows its value.
        """
        text = self.main.get_by_text(words, exact=True)
        for one in self.main.locator(ONLY_SHOWN).all():
            if _fits(words, one.input_value()):
                return text.or_(one)
        return text

    def says(self, label: str) -> Locator:
        """What the page says that has the words of the label in it, or that announces something.

        No document has the words in which a site refuses something: an alert is enough.
        """
        words = self.target.label(label)
        return self.announcements.or_(self.main.get_by_text(words))

    def control_in(self, scope: Locator, label: str) -> Locator:
        """Return the button or link with the label in a part of the page, such as a row."""
        return in_part(scope, self.target.name_of(label), button, "button or link")

    def new_tab(self) -> Self:
        """This site in a tab of its own, which is still empty."""
        return self.in_tab(self.page.context.new_page())

    def in_tab(self, page: Page) -> Self:
        """This site in another tab, for the same buyer."""
        site = type(self)(page, self.target)
        site.buyer = self.buyer
        return site

    def copy_tab(self) -> Self:
        """The page that is open, opened once more in a tab of its own."""
        tab = self.new_tab()
        tab.page.goto(self.page.url)
        return tab

    def close(self) -> None:
        """Close the tab."""
        self.page.close()

    def text(self) -> str:
        """Return the text of the page."""
        return self.page.locator("body").inner_text()

    def open(self, path: str = "/") -> None:
        """Go to a page by its address; come back if a site of the team's own asks for that."""
        self.patiently(lambda: go_to(self.page, self.url(path)))

    def patiently(self, act: Callable[[], None]) -> None:
        """Do what leads to other pages, once more if the site asks to come back a little later."""
        if self.target.press_guard and self.target.press_guard.watches(self.url()):
            patiently(self.page, act, self.target.longest_wait)
        else:
            act()

    def control(self, label: str) -> Locator:
        """Return the button, or the link that looks like one, with the label."""
        name = self.target.name_of(label)
        if label in content().parts:
            part = self.target.name_of(content().parts[label])
            return in_part_named(self.page, part, name, button, "button or link")
        return in_content(self.page, name, button, "button or link")

    def follow(self, control: Locator) -> None:
        """Press a control that leads to another page, and wait until that page is loaded.

        A click ends when the next page begins to load; code that reads without waiting (a count,
        a list of rows) would see only its beginning.
        """
        control.click()
        self.page.wait_for_load_state("domcontentloaded")

    def press(self, label: str) -> None:
        """Press the button or link with the label."""
        with self.guard_press(label):
            self.follow(PRESSES.announce(self.page, self.control(label)))

    def send_form_around(self, field: Locator, label: str) -> None:
        """Send the form around a field by its last button.

        Where a press may cost money, press what has the label instead.
        """
        press_guard = self.target.press_guard
        if press_guard and press_guard.watches(self.where):
            self.press(label)
            return
        form = self.page.locator("form").filter(has=field)
        self.follow(form.get_by_role("button").last)

    @needs(Capability.DOUBLE_PRESS)
    def press_twice(self, label: str) -> None:
        """Press twice, the second time before the answer to the first press.

        Chromium sends one request for a double click on a button, other browsers two. So the form
        is sent once by a script and once by a press.
        """
        with self.guard_press(label, times=2):
            self.control(label).evaluate(SEND_FORM)
            self.follow(self.control(label))

    def press_and_meanwhile(self, label: str, act: Callable[[], None]) -> None:
        """Press a control with a slow answer and call ``act`` before the answer."""
        with self.guard_press(label), self.page.expect_navigation(wait_until="domcontentloaded"):
            self.control(label).click(no_wait_after=True)
            act()

    @contextmanager
    def guard_press(self, label: str, times: int = 1) -> Iterator[None]:
        """Call the press guard before and after a press, on sites that are not mock sites."""
        press_guard, where = self.target.press_guard, self.where
        self.pressed_on = where
        if press_guard:
            press_guard.before_press(label, self, times)
        yield
        if press_guard:
            press_guard.after_press(label, where, lambda: shows_refusal(self, label))

    def go_back(self) -> None:
        """Go back to the page before."""
        self.page.go_back()

    def change_address(self, old: str, new: str) -> None:
        """Replace a part of the page's path in the address bar, and go there."""
        self.page.goto(self.page.url.replace(f"/{old}", f"/{new}"))

    def leave_and_come_back(self) -> None:
        """Leave all sites, then open the same address again."""
        address = self.page.url
        self.page.goto("about:blank")
        self.page.goto(address)

    def part(self, label: str) -> Locator:
        """Return the part of the page with this name: a landmark, a group or a dialog.

        Or, if none has the name, the smallest part around a heading with it.
        """
        return named_part(self.page, self.target.name_of(label))

    def menu_entry(self, label: str) -> Locator:
        """Return the entry of the menu with the label."""
        return in_menu(self.page, self.target.name_of(label))

    def open_in_menu(self, label: str) -> None:
        """Open an entry of the site's menu."""
        self.show_in_menu(label)
        self.follow(self.menu_entry(label))

    def show_in_menu(self, label: str) -> None:
        """Unfold the site's menu if it does not show the entry yet."""
        if self.menu_entry(label).count():
            return
        for fold in self.page.locator(FOLDED_MENUS).all():
            if fold.is_visible():
                fold.click()

    def open_link(self, label: str) -> None:
        """Follow the link whose text contains the label."""
        self.follow(self.link(label))

    def link(self, label: str) -> Locator:
        """Return the link with the label."""
        return in_content(self.page, self.target.name_of(label), link, "link")

    def button_for(self, label: str, product: str) -> NamedLocator:
        """Return the button that belongs to a product: by both names, or in the product's row."""
        words = f"{self.target.label(label)} {self.target.label(product)}"
        named = self.main.get_by_role("button", name=words)
        row = self.row_with(product)
        in_row = [button(row, text) for text in self.target.name_of(label).levels]
        return NamedLocator(f'button "{words}"', [named, *in_row, named.or_(in_row[-1])])

    def row_with(self, product: str) -> Locator:
        """Return the row of a list that names a product."""
        return rows_in(self.main).filter(has_text=whole_words(self.target.label(product)))

    def press_for(self, label: str, product: str) -> None:
        """Press the button with the label that belongs to a product."""
        self.follow(self.button_for(label, product))


def _fits(words: str | re.Pattern[str], value: str) -> bool:
    """Return whether a value is exactly the words, or has the pattern in it."""
    return " ".join(value.split()) == words if isinstance(words, str) else bool(words.search(value))
