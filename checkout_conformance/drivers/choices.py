"""One of several answers: a radio button, or an option of a list box."""

from __future__ import annotations

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Locator, Page


def choose(choice: Locator, page: Page) -> None:
    """Choose an answer; ``choice`` finds its radio button or its option."""
    if is_option(choice):
        box_of(choice, page).select_option(value_of(choice))
    else:
        choice.check()


def expect_chosen(choice: Locator, page: Page, timeout: float | None = None) -> None:
    """Expect that an answer is chosen, within ``timeout`` ms. Raises AssertionError."""
    __tracebackhide__ = True
    if is_option(choice):
        expect(box_of(choice, page)).to_have_value(value_of(choice), timeout=timeout)
    else:
        expect(choice).to_be_checked(timeout=timeout)


def is_option(choice: Locator) -> bool:
    """Return whether the answer is an option of a list box; wait until it is there."""
    is_radio = choice.get_attribute("type") == "radio"
    return not is_radio and choice.get_attribute("role") is None


def box_of(option: Locator, page: Page) -> Locator:
    """Return the list box with this option."""
    words = " ".join((option.text_content() or "").split())
    return page.locator("select").filter(has=page.get_by_role("option", name=words, exact=True))


def value_of(option: Locator) -> str:
    """Return what the list box has for a value while this option is chosen."""
    value = option.get_attribute("value")
    return " ".join((option.text_content() or "").split()) if value is None else value
