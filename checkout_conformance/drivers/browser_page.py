"""Playwright's own page, for what only a browser can do."""

from __future__ import annotations

from playwright.sync_api import Page as BrowserPage

from checkout_conformance.drivers.capabilities import Capability, UndeclaredNeed
from checkout_conformance.drivers.page import Page


def browser_page(page: Page) -> BrowserPage:
    """Return the page as Playwright's own; raise UndeclaredNeed if the driver is no browser."""
    if not isinstance(page, BrowserPage):
        raise UndeclaredNeed(Capability.SCRIPT, "Playwright's own page")
    return page
