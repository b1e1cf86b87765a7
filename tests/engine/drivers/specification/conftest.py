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
from tests.support.stub_site import stub_site

# Playwright's Page, or the part of it that the HTTP driver has.
Tab = Any


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
