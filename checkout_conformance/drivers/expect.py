"""``expect`` for the pages of every driver."""

from __future__ import annotations

from typing import cast, overload

from playwright.sync_api import Locator as BrowserLocator
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect as expect_in_browser

from checkout_conformance.drivers.http.expectations import HttpLocatorAssertions, HttpPageAssertions
from checkout_conformance.drivers.http.locator import HttpLocator
from checkout_conformance.drivers.http.page import HttpPage
from checkout_conformance.drivers.named import NamedAssertions, NamedLocator
from checkout_conformance.drivers.page import Locator, LocatorAssertions, Page, PageAssertions


@overload
def expect(actual: Locator, message: str | None = None) -> LocatorAssertions: ...
@overload
def expect(actual: Page, message: str | None = None) -> PageAssertions: ...
def expect(
    actual: Locator | Page, message: str | None = None
) -> LocatorAssertions | PageAssertions:
    """Return the assertions about a locator or a page; they wait as Playwright's do.

    ``message`` replaces the beginning of the error's message.
    """
    if isinstance(actual, NamedLocator):
        return cast(LocatorAssertions, NamedAssertions(actual, expect, message))
    if isinstance(actual, HttpLocator):
        return HttpLocatorAssertions(actual, message)
    if isinstance(actual, HttpPage):
        return HttpPageAssertions(actual, message)
    return expect_in_browser(cast(BrowserLocator | BrowserPage, actual), message)
