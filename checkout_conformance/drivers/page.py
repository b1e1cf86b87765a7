"""The part of Playwright's API that page objects and steps use: every driver has it.

Playwright's own ``Page``, ``Locator`` and ``BrowserContext`` have it, and so do those of the HTTP
driver. What is not here works in one of the drivers only: declare that with ``needs``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal, Protocol

Text = str | re.Pattern[str]
State = Literal["attached", "detached", "hidden", "visible"]


class Finder(Protocol):
    """Finds elements on a page, or inside others."""

    def get_by_role(
        self,
        # Playwright's own is a long list of literals.
        role: Any,
        *,
        name: Text | None = None,
        exact: bool | None = None,
        level: int | None = None,
    ) -> Locator:
        """Find elements by role, and by accessible name if one is given."""

    def get_by_label(self, text: Text, *, exact: bool | None = None) -> Locator:
        """Find controls by their label."""

    def get_by_text(self, text: Text, *, exact: bool | None = None) -> Locator:
        """Find the smallest elements that contain a text."""

    def locator(self, selector: str) -> Locator:
        """Find elements by a CSS selector."""


class Locator(Finder, Protocol):
    """Elements of a page, found anew each time."""

    @property
    def first(self) -> Locator:
        """The first of the elements."""

    @property
    def last(self) -> Locator:
        """The last of the elements."""

    def nth(self, index: int) -> Locator:
        """One of the elements, by its number from 0."""

    def all(self) -> Sequence[Locator]:
        """The elements that are there now."""

    def count(self) -> int:
        """How many elements there are now."""

    def filter(
        self, *, has_text: Text | None = None, has: Any = None, has_not: Any = None
    ) -> Locator:
        """Keep the elements that contain a text, or other elements, or do not."""

    def or_(self, locator: Any) -> Locator:
        """The elements of this locator and of another one of the same page."""

    def and_(self, locator: Any) -> Locator:
        """The elements that this locator and another one of the same page have in common."""

    def wait_for(self, *, state: State | None = None, timeout: float | None = None) -> None:
        """Wait until the element is there and visible, or hidden, or gone."""

    def is_visible(self) -> bool:
        """Whether the element is there and visible now."""

    def is_enabled(self) -> bool:
        """Whether the element is enabled."""

    def is_checked(self) -> bool:
        """Whether the box or radio button is ticked."""

    def inner_text(self) -> str:
        """The text as it is shown."""

    def text_content(self) -> str | None:
        """All text, hidden text too."""

    def get_attribute(self, name: str) -> str | None:
        """An attribute, or None if it is missing."""

    def input_value(self) -> str:
        """What is typed or chosen in the field."""

    def fill(self, value: str, *, timeout: float | None = None) -> None:
        """Replace what is in the field."""

    def select_option(self, value: str, *, timeout: float | None = None) -> object:
        """Choose the option with this value, or this text."""

    def check(self, *, timeout: float | None = None) -> None:
        """Tick the box, or choose the radio button."""

    def uncheck(self, *, timeout: float | None = None) -> None:
        """Untick the box."""

    def click(self, *, timeout: float | None = None, no_wait_after: bool | None = None) -> None:
        """Press the element."""

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        """Run a script on the element: declare Capability.SCRIPT."""


class Page(Finder, Protocol):
    """A tab."""

    @property
    def context(self) -> Context:
        """The buyer's context."""

    @property
    def url(self) -> str:
        """The address."""

    def goto(self, url: str) -> object:
        """Go to an address."""

    def reload(self) -> object:
        """Ask for the page again."""

    def go_back(self) -> object:
        """Go to the page before."""

    def content(self) -> str:
        """The source of the page."""

    def title(self) -> str:
        """The title of the page."""

    def expect_navigation(
        self, *, wait_until: Literal["domcontentloaded"] | None = None
    ) -> AbstractContextManager[object]:
        """Wait at the end of the block for the page that a press in it asked for."""

    def wait_for_load_state(self, state: Literal["domcontentloaded"]) -> None:
        """Wait until the page is loaded."""

    def set_default_timeout(self, timeout: float) -> None:
        """Set how long actions wait, in milliseconds."""

    def is_closed(self) -> bool:
        """Whether the tab is closed."""

    def close(self) -> None:
        """Close the tab."""

    def evaluate(self, expression: str, arg: Any = None) -> Any:
        """Run a script on the page: declare Capability.SCRIPT."""


class OpenedTab(Protocol):
    """A tab that a press opens."""

    @property
    def value(self) -> Any:
        """The tab; only after the press."""


class Context(Protocol):
    """The cookies, the language and the tabs of one buyer."""

    def expect_page(self) -> AbstractContextManager[OpenedTab]:
        """Wait at the end of the block for the tab that a press in it opens."""

    def new_page(self) -> Page:
        """Open an empty tab."""

    def cookies(self) -> Sequence[Any]:
        """The cookies, with all their attributes."""

    def add_cookies(self, cookies: Sequence[Any]) -> None:
        """Keep cookies that another context told."""

    def clear_cookies(self) -> None:
        """Forget all cookies."""

    def set_default_timeout(self, timeout: float) -> None:
        """Set how long actions wait, in milliseconds."""

    def close(self) -> None:
        """Close the tabs."""


class LocatorAssertions(Protocol):
    """What can be expected of a locator's elements."""

    def to_be_visible(self, *, timeout: float | None = None) -> None:
        """Expect the element to be there and visible."""

    def to_be_hidden(self, *, timeout: float | None = None) -> None:
        """Expect the element to be missing or hidden."""

    def to_be_enabled(self, *, timeout: float | None = None) -> None:
        """Expect the control to be enabled."""

    def to_be_disabled(self, *, timeout: float | None = None) -> None:
        """Expect the control to be disabled."""

    def to_be_editable(self, *, timeout: float | None = None) -> None:
        """Expect the field to be editable."""

    def to_be_checked(self, *, timeout: float | None = None) -> None:
        """Expect the box or radio button to be ticked."""

    def not_to_be_checked(self, *, timeout: float | None = None) -> None:
        """Expect the box or radio button not to be ticked."""

    # Playwright's own names more kinds of sequences than this one type.
    def to_have_text(self, expected: Any, *, timeout: float | None = None) -> None:
        """Expect the whole text; of several elements, each in turn."""

    def to_contain_text(self, expected: Any, *, timeout: float | None = None) -> None:
        """Expect a part of the text; of several elements, some in this order."""

    def not_to_contain_text(self, expected: Any, *, timeout: float | None = None) -> None:
        """Expect a text without this part."""

    def to_have_count(self, count: int, *, timeout: float | None = None) -> None:
        """Expect this number of elements."""

    def to_have_attribute(self, name: str, value: Text, *, timeout: float | None = None) -> None:
        """Expect the value of an attribute."""

    def to_have_value(self, value: Text, *, timeout: float | None = None) -> None:
        """Expect what is typed or chosen in the field."""

    def to_have_accessible_name(self, name: Text, *, timeout: float | None = None) -> None:
        """Expect the name that assistive technology tells."""

    def to_have_accessible_description(
        self, description: Text, *, timeout: float | None = None
    ) -> None:
        """Expect the description that assistive technology tells."""


class PageAssertions(Protocol):
    """What can be expected of a page."""

    def to_have_url(self, url: Text, *, timeout: float | None = None) -> None:
        """Expect the address of the page."""
