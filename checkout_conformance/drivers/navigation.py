"""Going from page to page where a site moves by itself, or opens a tab of its own."""

from __future__ import annotations

from playwright.sync_api import Error as PlaywrightError

from checkout_conformance.drivers.page import Locator, Page

INTERRUPTED = "interrupted by another navigation"


def go_to(page: Page, url: str) -> None:
    """Go to an address, even if the page is just going to another one by itself."""
    try:
        page.goto(url)
    except PlaywrightError as error:
        if INTERRUPTED not in str(error):
            raise
        page.goto(url)


def follow_out(control: Locator, page: Page) -> None:
    """Press a control that leads to another site; what it opens in a new tab goes on in this one.

    A scenario has one tab, so that its steps need not ask where the buyer is.
    """
    if (control.get_attribute("target") or "").lower() != "_blank":
        control.click()
        page.wait_for_load_state("domcontentloaded")
        return
    with page.context.expect_page() as opened:
        control.click()
    tab = opened.value
    tab.wait_for_load_state("domcontentloaded")
    address = tab.url
    tab.close()
    page.goto(address)
