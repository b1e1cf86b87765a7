"""The browser of a worker; it may be somewhere else: a Playwright server, a grid, DevTools."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Playwright

from checkout_conformance.drivers.browser_session import BrowserSession, Driver
from checkout_conformance.processes.run_processes import depend_on
from checkout_conformance.targets.file import TargetError

GRID = "SELENIUM_REMOTE_URL"
Launch = Callable[..., Browser]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.getgroup("conformance").addoption(
        "--browser-at",
        metavar="URL",
        help="drive a browser that runs elsewhere: ws://… (a Playwright server), http://… (a"
        " DevTools endpoint of a Chromium) or http://…/wd/hub (a Selenium grid)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse what would be run once only, and what is no address."""
    address = config.getoption("--browser-at")
    if len(config.getoption("--browser")) > 1:
        raise pytest.UsageError(
            "give one --browser at a time: a scenario is run once. Keep the results apart with"
            " --alluredir, and merge them with `checkout-conformance report FOLDER FOLDER`."
        )
    if address and urlsplit(address).scheme not in ("ws", "wss", "http", "https"):
        raise pytest.UsageError(f"--browser-at {address}: give ws://…, wss://… or http(s)://…")
    tell_driver(address)


def tell_driver(address: str | None) -> None:
    """Tell Playwright of a grid: its driver reads the environment once, as it starts."""
    if address and is_grid(address):
        os.environ[GRID] = address


def is_grid(address: str) -> bool:
    """Whether a Selenium grid listens there."""
    return urlsplit(address).path.rstrip("/").endswith("/wd/hub")


def require_proxy_host(address: str | None, proxy_host: str | None) -> None:
    """Refuse a browser on another machine, if nobody says where it finds this one.

    It gets to the network through this machine only (safety/forward_proxy.py), and does not
    find it at a loopback address. Raises TargetError.
    """
    host = urlsplit(address).hostname if address else "localhost"
    if proxy_host is None and host not in ("localhost", "127.0.0.1", "::1"):
        raise TargetError(
            f"the browser at {address} may reach the network through this machine only: say by"
            " which name or address it finds this machine, with --proxy-host"
        )


def connect(kind: BrowserType, address: str, launch: Launch) -> Browser:
    """The browser at ``address``; only a grid is asked to ``launch`` one.

    A grid serves Chromium only, and finds it itself: no program of this machine is named.
    """
    if address.startswith("ws"):
        return kind.connect(address)
    if is_grid(address):
        return launch()
    return kind.connect_over_cdp(address)


@pytest.fixture(scope="session")
def driver() -> Iterator[Driver]:
    """Playwright's driver, which is started again if it dies."""
    driver = Driver()
    yield driver
    driver.stop()


@pytest.fixture(scope="session")
def playwright(driver: Driver) -> Playwright:
    """Playwright as the run began with it: for what never changes, such as its devices."""
    return driver.playwright


@pytest.fixture
def browser_type(driver: Driver, browser_name: str) -> BrowserType:
    """The kind of browser, of the driver that runs now."""
    return _kind(driver, browser_name)


def _kind(driver: Driver, browser_name: str) -> BrowserType:
    kind: BrowserType = getattr(driver.playwright, browser_name)
    return kind


@pytest.fixture(scope="session")
def launch_browser(
    pytestconfig: pytest.Config,
    driver: Driver,
    browser_name: str,
    browser_type_launch_args: dict[str, Any],
) -> Launch:
    """Starts the browser of a worker, or finds the one that --browser-at names."""
    address = pytestconfig.getoption("--browser-at")

    def launch(**more: Any) -> Browser:
        kind, options = _kind(driver, browser_name), {**browser_type_launch_args, **more}
        if not address:
            return kind.launch(**options)
        options.pop("executable_path", None)
        return connect(kind, address, lambda: kind.launch(**options))

    return launch


@pytest.fixture(scope="session")
def browser_session(
    pytestconfig: pytest.Config, driver: Driver, launch_browser: Launch
) -> Iterator[BrowserSession]:
    """The browser of this worker, which is started again if it dies."""
    session = BrowserSession(driver, launch_browser)
    depend_on(pytestconfig, session)
    yield session
    session.close()


@pytest.fixture
def browser(browser_session: BrowserSession) -> Browser:
    """The browser that runs now. Not for the whole session: a scenario later it may be another."""
    return browser_session.browser


@pytest.fixture
def new_context(
    browser: Browser,
    browser_session: BrowserSession,
    browser_context_args: dict[str, Any],
    request: pytest.FixtureRequest,
) -> Iterator[Callable[..., BrowserContext]]:
    """Opens one more window without a past; closed after the test, if its browser still lives.

    pytest-playwright's own would ask a dead browser for its traces, which are refused here anyway.
    """
    marker = request.node.get_closest_marker("browser_context_args")
    given = {**browser_context_args, **(marker.kwargs if marker else {})}
    opened: list[BrowserContext] = []

    def open_context(**options: Any) -> BrowserContext:
        context = browser.new_context(**{**given, **options})
        opened.append(context)
        return context

    yield open_context
    for context in opened if browser_session.is_running() else []:
        context.close()
