"""The drivers that must pass the specification, each with a tab and its ``expect``.

Scripts are off in the browser, as they are in the HTTP driver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from checkout_conformance.drivers.browser_session import BrowserSession
from checkout_conformance.drivers.expect import expect as expect_of_driver
from checkout_conformance.drivers.http.context import HttpContext
from tests.engine.drivers.specification.pages import PAGES
from tests.support.recording_site import RecordingSite, recording_site
from tests.support.stub_site import stub_site

# Playwright's Page, or the part of it that the HTTP driver has.
Tab = Any
# How long a tab waits, in milliseconds; enough for a machine that is busy with other tests.
PATIENCE_MS = 10_000


@pytest.fixture(params=["browser", "http"])
def driver_name(request: pytest.FixtureRequest) -> str:
    """The driver under test."""
    return str(request.param)


@pytest.fixture(scope="session")
def browser_tab(browser_session: BrowserSession) -> Iterator[Tab]:
    """A tab of a browser."""
    context = browser_session.browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def http_tab() -> Tab:
    """A tab of the HTTP driver."""
    return HttpContext(locale="en", user_agent="test").new_page()


@pytest.fixture
def tab(driver_name: str, request: pytest.FixtureRequest) -> Tab:
    """A tab of the driver under test."""
    return request.getfixturevalue(f"{driver_name}_tab")


@pytest.fixture
def expect() -> Callable[..., Any]:
    """``expect`` for the pages of both drivers."""
    return expect_of_driver


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a site with the pages of the specification."""
    with stub_site({f"/{name}": page.read_text("utf-8") for name, page in PAGES.items()}) as site:
        yield site.url


@pytest.fixture
def show(tab: Tab, address: str) -> Callable[[str], Tab]:
    """Open a page of the specification in the tab."""

    def show(name: str) -> Tab:
        tab.goto(f"{address}/{name}")
        return tab

    return show


@pytest.fixture
def new_tab(driver_name: str, request: pytest.FixtureRequest) -> Iterator[Callable[..., Tab]]:
    """Open tabs of the driver under test, each in a context of its own."""
    opened: list[Any] = []

    def open_tab(locale: str = "en") -> Tab:
        if driver_name == "http":
            context: Any = HttpContext(locale=locale, user_agent="test")
        else:
            session: BrowserSession = request.getfixturevalue("browser_session")
            context = session.browser.new_context(java_script_enabled=False, locale=locale)
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        return context.new_page()

    yield open_tab
    for context in opened:
        context.close()


@pytest.fixture
def fresh(new_tab: Callable[..., Tab]) -> Tab:
    """A tab without cookies and history."""
    return new_tab()


@pytest.fixture(scope="session")
def served_site() -> Iterator[RecordingSite]:
    """A site for tests of requests."""
    with recording_site() as site:
        yield site


@pytest.fixture
def site(served_site: RecordingSite) -> RecordingSite:
    """The site without pages and requests."""
    served_site.forget()
    return served_site


def press(tab: Tab, name: str) -> None:
    """Press the button or link with a name, and wait for the page it leads to."""
    control = tab.get_by_role("button", name=name, exact=True)
    control.or_(tab.get_by_role("link", name=name, exact=True)).click()
    tab.wait_for_load_state("domcontentloaded")
