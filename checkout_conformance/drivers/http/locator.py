"""Locators of the HTTP driver: they find elements anew each time, as Playwright's do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NoReturn, Self

from checkout_conformance.drivers.capabilities import Capability, UndeclaredNeed
from checkout_conformance.drivers.http import queries
from checkout_conformance.drivers.http.dom import Element
from checkout_conformance.drivers.http.errors import ActionTimeout, StrictModeError, WrongElement
from checkout_conformance.drivers.http.forms import radio_group, value_of
from checkout_conformance.drivers.http.queries import Pick, Query, Text
from checkout_conformance.drivers.http.reading.labels import labelled_control
from checkout_conformance.drivers.http.reading.rendered_text import rendered_text
from checkout_conformance.drivers.http.reading.states import is_checked, is_disabled, is_editable
from checkout_conformance.drivers.http.reading.visibility import is_visible

if TYPE_CHECKING:
    from checkout_conformance.drivers.http.page import HttpPage

State = Literal["attached", "detached", "hidden", "visible"]
TICKED = ("checkbox", "radio")


class Finder:
    """What a page and a locator have in common: they find elements inside."""

    def __init__(self, page: HttpPage, told: str, query: Query) -> None:
        self._page = page
        self._told = told
        self._query = query

    def get_by_role(
        self,
        role: str,
        *,
        name: Text | None = None,
        exact: bool | None = None,
        level: int | None = None,
    ) -> HttpLocator:
        """Find elements by role, and by accessible name if one is given."""
        told = f"get_by_role({role!r}{'' if name is None else f', name={_shown(name)}'})"
        return self._inside(told, queries.by_role(role, name, bool(exact), level))

    def get_by_label(self, text: Text, *, exact: bool | None = None) -> HttpLocator:
        """Find controls by their label."""
        return self._inside(f"get_by_label({_shown(text)})", queries.by_label(text, bool(exact)))

    def get_by_text(self, text: Text, *, exact: bool | None = None) -> HttpLocator:
        """Find the smallest elements that contain a text."""
        return self._inside(f"get_by_text({_shown(text)})", queries.by_text(text, bool(exact)))

    def locator(self, selector: str) -> HttpLocator:
        """Find elements by a CSS selector."""
        return self._inside(f"locator({selector!r})", queries.by_css(selector))

    def _inside(self, told: str, pick: Pick) -> HttpLocator:
        words = f"{self._told}.{told}" if self._told else told
        return HttpLocator(self._page, words, queries.inside(self._query, pick))


class HttpLocator(Finder):
    """Elements of a page. Actions need exactly one, and raise Playwright's errors."""

    @property
    def page(self) -> HttpPage:
        """The page of the elements."""
        return self._page

    @property
    def told(self) -> str:
        """How the elements are found, for messages."""
        return self._told

    @property
    def first(self) -> Self:
        """The first of the elements."""
        return self.nth(0)

    @property
    def last(self) -> Self:
        """The last of the elements."""
        return self.nth(-1)

    def nth(self, index: int) -> Self:
        """One of the elements, by its number from 0; -1 is the last."""
        return self._with(f".nth({index})", queries.numbered(self._query, index))

    def all(self) -> list[Self]:
        """The elements that are there now, each as a locator."""
        return [self.nth(index) for index in range(self.count())]

    def count(self) -> int:
        """How many elements there are now."""
        return len(self.elements())

    def filter(
        self,
        *,
        has_text: Text | None = None,
        has: Self | None = None,
        has_not: Self | None = None,
    ) -> Self:
        """Keep the elements that contain a text, or that have or have not others in them."""
        query = self._query
        if has_text is not None:
            query = queries.those(query, queries.has_text(has_text))
        if has is not None:
            query = queries.those(query, queries.has(has._query))
        if has_not is not None:
            query = queries.those(query, queries.has_not(has_not._query))
        return self._with(".filter(…)", query)

    def or_(self, locator: Self) -> Self:
        """The elements of this locator and of another."""
        return self._with(f".or_({locator._told})", queries.either(self._query, locator._query))

    def and_(self, locator: Self) -> Self:
        """The elements that this locator and another have in common."""
        return self._with(f".and_({locator._told})", queries.both(self._query, locator._query))

    def keep(self, holds: Callable[[Element], bool]) -> Self:
        """Keep the elements for which something holds."""
        return self._with("", queries.those(self._query, lambda _, one: holds(one)))

    def elements(self) -> list[Element]:
        """The elements that are there now."""
        document = self._page.document
        return self._query(document, [document.top])

    def only_element(self) -> Element | None:
        """The one element that is there now, or None. Raises StrictModeError for several."""
        found = self.elements()
        if len(found) > 1:
            raise StrictModeError(self._told, len(found))
        return found[0] if found else None

    def wait_for(self, *, state: State | None = None, timeout: float | None = None) -> None:
        """Wait until the element is there and visible, or hidden, or gone."""
        wanted_state = state or "visible"
        wanted: dict[State, Callable[[Element | None], bool]] = {
            "attached": lambda one: one is not None,
            "detached": lambda one: one is None,
            "visible": lambda one: one is not None and is_visible(one),
            "hidden": lambda one: one is None or not is_visible(one),
        }
        if not self._page.wait_until(lambda: wanted[wanted_state](self.only_element()), timeout):
            raise ActionTimeout("Locator.wait_for", f"{self._told} to be {wanted_state}")

    def is_visible(self) -> bool:
        """Whether the element is there and visible now."""
        found = self.only_element()
        return found is not None and is_visible(found)

    def is_enabled(self) -> bool:
        """Whether the element is enabled."""
        return not is_disabled(self._attached("is_enabled"))

    def is_checked(self) -> bool:
        """Whether the box or radio button is ticked."""
        return is_checked(self._attached("is_checked"))

    def inner_text(self) -> str:
        """The text as it is shown."""
        return rendered_text(self._attached("inner_text"))

    def text_content(self) -> str:
        """All text, hidden text too."""
        return self._attached("text_content").text()

    def get_attribute(self, name: str) -> str | None:
        """An attribute, or None if it is missing."""
        return self._attached("get_attribute").attributes.get(name)

    def input_value(self) -> str:
        """What is typed or chosen in the field."""
        return value_of(self._attached("input_value"))

    def fill(self, value: str, *, timeout: float | None = None) -> None:
        """Replace what is in the field."""
        field = self._ready("fill", timeout, editable=True)
        field.value = _typed(field, value)

    def select_option(self, value: str, *, timeout: float | None = None) -> None:
        """Choose the option with this value, or this text."""
        select = self._ready("select_option", timeout)
        options = [*select.descendants("option")]
        wanted = [one for one in options if value in (value_of(one), one.text().strip())]
        if not wanted:
            raise ActionTimeout("Locator.select_option", f"an option {value!r} in {self._told}")
        for option in options:
            option.checked = option is wanted[0]

    def check(self, *, timeout: float | None = None) -> None:
        """Tick the box, or choose the radio button."""
        self._tick("check", True, timeout)

    def uncheck(self, *, timeout: float | None = None) -> None:
        """Untick the box."""
        self._tick("uncheck", False, timeout)

    def click(self, *, timeout: float | None = None, no_wait_after: bool | None = None) -> None:
        """Press the element; the page that it leads to has come when the call returns.

        With ``no_wait_after`` it comes when ``page.expect_navigation()`` ends.
        """
        self._page.press(self._ready("click", timeout), in_background=bool(no_wait_after))

    def evaluate(self, expression: str, arg: object = None) -> NoReturn:
        """Raise UndeclaredNeed: nothing runs scripts here."""
        raise UndeclaredNeed(Capability.SCRIPT, "evaluate()")

    def _tick(self, action: str, ticked: bool, timeout: float | None) -> None:
        box = self._ready(action, timeout)
        if box.tag == "label":
            box = labelled_control(box, self._page.document) or box
        if box.get("type").lower() not in TICKED:
            raise WrongElement(f"Locator.{action}", "Not a checkbox or radio button")
        tick(box, ticked, self._page)

    def _attached(self, action: str) -> Element:
        """Return the one element, once it is there."""
        if not self._page.wait_until(lambda: self.only_element() is not None):
            raise ActionTimeout(f"Locator.{action}", self._told)
        [element] = self.elements()
        return element

    def _ready(self, action: str, timeout: float | None, editable: bool = False) -> Element:
        """Return the one element, once it can be acted upon."""

        def hindrance() -> str | None:
            found = self.only_element()
            if found is None:
                return ""
            if editable and not _takes_text(found):
                raise WrongElement(f"Locator.{action}", "Element is not an <input> or <textarea>")
            if not is_visible(found):
                return "not visible"
            if is_disabled(found):
                return "not enabled"
            return "not editable" if editable and not is_editable(found) else None

        if not self._page.wait_until(lambda: hindrance() is None, timeout):
            found = self.only_element()
            shown = f"<{found.tag}>" if found is not None else ""
            raise ActionTimeout(f"Locator.{action}", self._told, shown, hindrance() or "")
        [element] = self.elements()
        return element

    def _with(self, told: str, query: Query) -> Self:
        return type(self)(self._page, f"{self._told}{told}", query)


def tick(box: Element, ticked: bool, page: HttpPage) -> None:
    """Tick or untick a box; choosing a radio button takes the choice from its group."""
    if box.get("type").lower() == "radio":
        for other in radio_group(box, page.document):
            other.checked = False
    box.checked = ticked


def _takes_text(element: Element) -> bool:
    return element.tag == "textarea" or (
        element.tag == "input" and element.get("type").lower() not in TICKED
    )


def _typed(field: Element, value: str) -> str:
    """What is left of a text when it is typed: one line in a line, and no more than fits."""
    longest = field.get("maxlength")
    kept = value[: int(longest)] if longest.isdecimal() else value
    return " ".join(kept.split("\n")) if field.tag == "input" else kept


def _shown(text: Text) -> str:
    return f"re.compile({text.pattern!r})" if isinstance(text, re.Pattern) else repr(text)
