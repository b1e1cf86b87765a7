"""Expectations of the HTTP driver, with the meaning and the messages of Playwright's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from checkout_conformance.drivers.http.dom import Element
from checkout_conformance.drivers.http.forms import value_of
from checkout_conformance.drivers.http.locator import HttpLocator
from checkout_conformance.drivers.http.page import HttpPage
from checkout_conformance.drivers.http.reading.names import accessible_description, accessible_name
from checkout_conformance.drivers.http.reading.states import is_checked, is_disabled, is_editable
from checkout_conformance.drivers.http.reading.texts import normalized, plain_text
from checkout_conformance.drivers.http.reading.visibility import is_visible

Text = str | re.Pattern[str]
EXPECT_MS = 5000.0


class HttpLocatorAssertions:
    """What can be expected of a locator's elements."""

    def __init__(self, locator: HttpLocator, message: str | None = None) -> None:
        self._locator = locator
        self._message = message

    def to_be_visible(self, *, timeout: float | None = None) -> None:
        """Expect the element to be there and visible."""
        self._single("to be visible", is_visible, _visibility, timeout)

    def to_be_hidden(self, *, timeout: float | None = None) -> None:
        """Expect the element to be missing or hidden."""

        def holds() -> bool:
            found = self._locator.only_element()
            return found is None or not is_visible(found)

        self._until("to be hidden", holds, lambda: "visible", timeout)

    def to_be_enabled(self, *, timeout: float | None = None) -> None:
        """Expect the control to be enabled."""
        self._single("to be enabled", lambda one: not is_disabled(one), _state, timeout)

    def to_be_disabled(self, *, timeout: float | None = None) -> None:
        """Expect the control to be disabled."""
        self._single("to be disabled", is_disabled, _state, timeout)

    def to_be_editable(self, *, timeout: float | None = None) -> None:
        """Expect the field to be editable."""
        self._single("to be editable", is_editable, lambda _: "readonly", timeout)

    def to_be_checked(self, *, checked: bool = True, timeout: float | None = None) -> None:
        """Expect the box or radio button to be ticked, or not to be."""
        words = "to be checked" if checked else "to be unchecked"
        self._ticked(words, checked, timeout)

    def not_to_be_checked(self, *, timeout: float | None = None) -> None:
        """Expect the box or radio button not to be ticked."""
        self._ticked("not to be checked", False, timeout)

    def to_have_text(
        self, expected: Text | Sequence[Text], *, timeout: float | None = None
    ) -> None:
        """Expect the whole text; of several elements, each in turn."""
        self._text("to have text", expected, _is_whole, True, timeout)

    def to_contain_text(
        self, expected: Text | Sequence[Text], *, timeout: float | None = None
    ) -> None:
        """Expect a part of the text; of several elements, some in this order."""
        self._text("to contain text", expected, _is_part, False, timeout)

    def not_to_contain_text(self, expected: Text, *, timeout: float | None = None) -> None:
        """Expect a text without this part."""
        self._single(
            f"not to contain text {_shown(expected)}",
            lambda one: not _is_part(expected, plain_text(one)),
            plain_text,
            timeout,
        )

    def to_have_count(self, count: int, *, timeout: float | None = None) -> None:
        """Expect this number of elements."""
        holds = self._locator.count
        self._until(
            f"to have count '{count}'", lambda: holds() == count, lambda: str(holds()), timeout
        )

    def to_have_attribute(self, name: str, value: Text, *, timeout: float | None = None) -> None:
        """Expect the value of an attribute."""

        def holds(one: Element) -> bool:
            return one.has(name) and _is_exactly(value, one.get(name))

        self._single(
            f"to have attribute {_shown(value)}", holds, lambda one: one.get(name), timeout
        )

    def to_have_value(self, value: Text, *, timeout: float | None = None) -> None:
        """Expect what is typed or chosen in the field."""
        self._single(
            f"to have value {_shown(value)}",
            lambda one: _is_exactly(value, value_of(one)),
            value_of,
            timeout,
        )

    def to_have_accessible_name(self, name: Text, *, timeout: float | None = None) -> None:
        """Expect the name that assistive technology tells."""
        document = self._locator.page

        def actual(one: Element) -> str:
            return accessible_name(one, document.document)

        words = f"to have accessible name {_shown(name)}"
        self._single(words, lambda one: _is_whole(name, actual(one)), actual, timeout)

    def to_have_accessible_description(
        self, description: Text, *, timeout: float | None = None
    ) -> None:
        """Expect the description that assistive technology tells."""
        page = self._locator.page

        def actual(one: Element) -> str:
            return accessible_description(one, page.document)

        words = f"to have accessible description {_shown(description)}"
        self._single(words, lambda one: _is_whole(description, actual(one)), actual, timeout)

    def _ticked(self, words: str, ticked: bool, timeout: float | None) -> None:
        self._single(words, lambda one: is_checked(one) is ticked, _tick, timeout)

    def _text(
        self,
        words: str,
        expected: Text | Sequence[Text],
        fits: Callable[[Text, str], bool],
        each: bool,
        timeout: float | None,
    ) -> None:
        words = f"{words} {_shown(expected)}"
        if isinstance(expected, str | re.Pattern):
            self._single(words, lambda one: fits(expected, plain_text(one)), plain_text, timeout)
            return

        def texts() -> list[str]:
            return [plain_text(one) for one in self._locator.elements()]

        def holds() -> bool:
            found = texts()
            return (not each or len(found) == len(expected)) and _in_order(expected, found, fits)

        self._until(words, holds, lambda: str(texts()), timeout)

    def _single(
        self,
        words: str,
        holds: Callable[[Element], bool],
        actual: Callable[[Element], str],
        timeout: float | None,
    ) -> None:
        """Expect something of the one element. It must be there."""
        find = self._locator.only_element

        def now() -> bool:
            found = find()
            return found is not None and holds(found)

        def shown() -> str | None:
            found = find()
            return None if found is None else actual(found)

        self._until(words, now, shown, timeout)

    def _until(
        self,
        words: str,
        holds: Callable[[], bool],
        actual: Callable[[], str | None],
        timeout: float | None,
    ) -> None:
        __tracebackhide__ = True
        if self._locator.page.wait_until(holds, EXPECT_MS if timeout is None else timeout):
            return
        shown = actual()
        told = "Error: element(s) not found" if shown is None else f"Actual value: {shown}"
        raise AssertionError(
            f"{self._message or f'Locator expected {words}'}\n{told}"
            f"\nCall log:\n  - waiting for {self._locator.told}"
        )


class HttpPageAssertions:
    """What can be expected of a page."""

    def __init__(self, page: HttpPage, message: str | None = None) -> None:
        self._page = page
        self._message = message

    def to_have_url(self, url: Text, *, timeout: float | None = None) -> None:
        """Expect the address of the page."""
        page = self._page
        limit = EXPECT_MS if timeout is None else timeout
        if not page.wait_until(lambda: _is_exactly(url, page.url), limit):
            raise AssertionError(
                f"{self._message or f'Page URL expected to be {_shown(url)}'}"
                f"\nActual value: {page.url}"
            )


def _is_whole(wanted: Text, have: str) -> bool:
    if isinstance(wanted, re.Pattern):
        return wanted.search(normalized(have)) is not None
    return normalized(wanted) == normalized(have)


def _is_part(wanted: Text, have: str) -> bool:
    if isinstance(wanted, re.Pattern):
        return wanted.search(normalized(have)) is not None
    return normalized(wanted) in normalized(have)


def _is_exactly(wanted: Text, have: str) -> bool:
    if isinstance(wanted, re.Pattern):
        return wanted.search(have) is not None
    return wanted == have


def _in_order(
    expected: Sequence[Text], found: Sequence[str], fits: Callable[[Text, str], bool]
) -> bool:
    """Whether each expected text fits one of those found, in the same order."""
    rest = iter(found)
    return all(any(fits(wanted, have) for have in rest) for wanted in expected)


def _shown(expected: Text | Sequence[Text]) -> str:
    return f"'{expected}'"


def _visibility(_: Element) -> str:
    return "hidden"


def _state(one: Element) -> str:
    return "disabled" if is_disabled(one) else "enabled"


def _tick(one: Element) -> str:
    return "checked" if is_checked(one) else "unchecked"
