"""Locators of things that are found by name: by the nearest name that is there when they are used.

A page that has "Pay" and "Pay later" means the first by Pay; one that has only "Pay RUB 1,190.00"
means that.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from checkout_conformance.drivers.page import Locator, State, Text
from checkout_conformance.drivers.same_form import send_one_form

Change = Callable[[Locator], Locator]
GONE: tuple[State, ...] = ("detached", "hidden")


class NamedLocator:
    """What has a name on a page. It has the methods of every locator, and finds anew each time."""

    def __init__(
        self, told: str, alternatives: Sequence[Locator], changes: Sequence[Change] = ()
    ) -> None:
        """``alternatives`` are the ways to find it, the nearest name first; each finds all that
        the one before does. ``told`` says what it is, for messages."""
        self.told = told
        self.alternatives = alternatives
        self._changes = changes

    def now(self) -> Locator:
        """Return the locator for what has the nearest name now."""
        for alternative in self.alternatives[:-1]:
            if count := alternative.count():
                return self._changed(_the_one(alternative, count))
        last = self.alternatives[-1]
        return self._changed(_the_one(last, last.count()))

    def soon(self, timeout: float | None = None) -> Locator:
        """Wait until something has the name, and return the locator for what has the nearest.

        Raises Playwright's TimeoutError if nothing does within ``timeout`` milliseconds; None is
        the page's own limit.
        """
        nearest = self.alternatives[0]
        if count := nearest.count():
            return self._changed(_the_one(nearest, count))
        try:
            self.alternatives[-1].first.wait_for(state="attached", timeout=timeout)
        except PlaywrightTimeout as error:
            raise missing(self.told, error) from None
        return self.now()

    @property
    def first(self) -> Locator:
        """The first of the elements."""
        return self._with(".first", lambda found: found.first)

    @property
    def last(self) -> Locator:
        """The last of the elements."""
        return self._with(".last", lambda found: found.last)

    def nth(self, index: int) -> Locator:
        """One of the elements, by its number from 0."""
        return self._with(f".nth({index})", lambda found: found.nth(index))

    def filter(
        self, *, has_text: Text | None = None, has: Any = None, has_not: Any = None
    ) -> Locator:
        """Keep the elements that contain a text, or other elements, or do not."""
        return self._with(
            ", filtered",
            lambda found: found.filter(
                has_text=has_text, has=_settled(has), has_not=_settled(has_not)
            ),
        )

    def or_(self, locator: Any) -> Locator:
        """The elements of this locator and of another one of the same page."""
        return self._with(" or another", lambda found: found.or_(_settled(locator)))

    def and_(self, locator: Any) -> Locator:
        """The elements that this locator and another one of the same page have in common."""
        return self._with(", and another", lambda found: found.and_(_settled(locator)))

    def get_by_role(
        self,
        role: Any,
        *,
        name: Text | None = None,
        exact: bool | None = None,
        level: int | None = None,
    ) -> Locator:
        """Find elements inside by role, and by accessible name if one is given."""
        return self._with(
            f" > {role}",
            lambda found: found.get_by_role(role, name=name, exact=exact, level=level),
        )

    def get_by_label(self, text: Text, *, exact: bool | None = None) -> Locator:
        """Find controls inside by their label."""
        return self._with(f" > {text}", lambda found: found.get_by_label(text, exact=exact))

    def get_by_text(self, text: Text, *, exact: bool | None = None) -> Locator:
        """Find the smallest elements inside that contain a text."""
        return self._with(f" > {text}", lambda found: found.get_by_text(text, exact=exact))

    def locator(self, selector: str) -> Locator:
        """Find elements inside by a CSS selector."""
        return self._with(f" > {selector}", lambda found: found.locator(selector))

    def all(self) -> Sequence[Locator]:
        """The elements that are there now."""
        return self.now().all()

    def count(self) -> int:
        """How many elements there are now."""
        return self.now().count()

    def is_visible(self) -> bool:
        """Whether the element is there and visible now."""
        return self.now().is_visible()

    def wait_for(self, *, state: State | None = None, timeout: float | None = None) -> None:
        """Wait until the element is there and visible, or hidden, or gone."""
        found = self.now() if state in GONE else self.soon(timeout)
        found.wait_for(state=state, timeout=timeout)

    def is_enabled(self) -> bool:
        """Whether the element is enabled."""
        return self.soon().is_enabled()

    def is_checked(self) -> bool:
        """Whether the box or radio button is ticked."""
        return self.soon().is_checked()

    def inner_text(self) -> str:
        """The text as it is shown."""
        return self.soon().inner_text()

    def text_content(self) -> str | None:
        """All text, hidden text too."""
        return self.soon().text_content()

    def get_attribute(self, name: str) -> str | None:
        """An attribute, or None if it is missing."""
        return self.soon().get_attribute(name)

    def input_value(self) -> str:
        """What is typed or chosen in the field."""
        return self.soon().input_value()

    def fill(self, value: str, *, timeout: float | None = None) -> None:
        """Replace what is in the field."""
        self.soon(timeout).fill(value, timeout=timeout)

    def select_option(self, value: str, *, timeout: float | None = None) -> object:
        """Choose the option with this value, or this text."""
        return self.soon(timeout).select_option(value, timeout=timeout)

    def check(self, *, timeout: float | None = None) -> None:
        """Tick the box, or choose the radio button."""
        self.soon(timeout).check(timeout=timeout)

    def uncheck(self, *, timeout: float | None = None) -> None:
        """Untick the box."""
        self.soon(timeout).uncheck(timeout=timeout)

    def click(self, *, timeout: float | None = None, no_wait_after: bool | None = None) -> None:
        """Press the element."""
        self.soon(timeout).click(timeout=timeout, no_wait_after=no_wait_after)

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        """Run a script on the element: declare Capability.SCRIPT."""
        return self.soon().evaluate(expression, arg)

    def then(self, told: str, change: Change) -> Locator:
        """Return the locator that ``change`` makes of what is found; ``told`` says what it is."""
        return NamedLocator(told, self.alternatives, (*self._changes, change))

    def _with(self, told: str, change: Change) -> Locator:
        return self.then(f"{self.told}{told}", change)

    def _changed(self, found: Locator) -> Locator:
        for change in self._changes:
            found = change(found)
        return found


class NamedAssertions:
    """Expectations of what has a name: they wait for it, and are then those of the driver."""

    # They are met by nothing, so they do not wait for something to be there.
    ABSENT = frozenset({"to_be_hidden", "to_have_count"})

    def __init__(
        self,
        actual: NamedLocator,
        expect: Callable[[Locator, str | None], Any],
        message: str | None,
    ) -> None:
        self._actual = actual
        self._expect = expect
        self._message = message

    def __getattr__(self, method: str) -> Callable[..., None]:
        def expected(*wanted: Any, timeout: float | None = None) -> None:
            __tracebackhide__ = True
            limit = EXPECT_MS if timeout is None else timeout
            deadline = time.monotonic() + limit / 1000
            try:
                actual = self._actual
                found = actual.now() if method in self.ABSENT else actual.soon(limit)
            except PlaywrightTimeout as error:
                words = self._message or f"Locator expected {method.replace('_', ' ')}"
                raise AssertionError(f"{words}\nError: element(s) not found\n{error}") from None
            left = max(LEAST_MS, (deadline - time.monotonic()) * 1000)
            getattr(self._expect(found, self._message), method)(*wanted, timeout=left)

        return expected


# As long as Playwright's own. What is found at the last moment still has a second.
LEAST_MS = 1000.0
EXPECT_MS = 5000.0


def missing(told: str, error: PlaywrightTimeout) -> PlaywrightTimeout:
    """Return a time-out that says what was missing in the words of the features."""
    first = str(error).partition("\n")[0]
    return PlaywrightTimeout(f"{first}\nCall log:\n  - waiting for {told}")


def _settled(locator: Any) -> Any:
    return locator.now() if isinstance(locator, NamedLocator) else locator


def _the_one(found: Locator, count: int) -> Locator:
    """Return the locator for one element, if the several that it finds are the same to a buyer."""
    if count < 2:
        return found
    visible = [one for one in found.all() if one.is_visible()]
    addresses = [one.get_attribute("href") for one in visible]
    # A button does what the page is for; a link of the same name leads to another one.
    buttons = [one for one, to in zip(visible, addresses, strict=True) if to is None]
    if len(visible) == 1 or len(buttons) == 1:
        return (buttons or visible)[0]
    same_link = len(set(addresses)) == 1 and not buttons
    if visible and (same_link or (len(buttons) == len(visible) and send_one_form(found))):
        return visible[0]
    return found
