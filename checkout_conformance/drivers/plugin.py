"""The driver of a run: a browser, local or elsewhere, or HTTP without a browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Playwright

from checkout_conformance.drivers.browser_session import BrowserSession, Driver
from checkout_conformance.drivers.capabilities import DRIVER_LACKS, Capability, PartlyTried
from checkout_conformance.drivers.page import Context
from checkout_conformance.processes.run_processes import depend_on
from checkout_conformance.targets.file import TargetError

GRID = "SELENIUM_REMOTE_URL"
BROWSER, HTTP = "browser", "http"
OF_BROWSERS = ("--browser", "--browser-at", "--headed", "--device")
Launch = Callable[..., Browser]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --driver and --browser-at."""
    options = parser.getgroup("conformance")
    options.addoption(
        "--driver",
        choices=(BROWSER, HTTP),
        default=BROWSER,
        help="browser, or http: the same features without a browser, many times cheaper. Over HTTP"
        " no script runs and nothing is drawn, so such a run certifies nothing (default: browser)",
    )
    options.addoption(
        "--browser-at",
        metavar="URL",
        help="use a browser that runs elsewhere: ws://… (a Playwright server), http://… (a"
        " DevTools endpoint of a Chromium) or http://…/wd/hub (a Selenium grid)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse several browsers and invalid addresses; say what the driver lacks."""
    if is_over_http(config):
        _refuse_options_of_browsers(config)
    DRIVER_LACKS.say(Capability if is_over_http(config) else ())
    address = config.getoption("--browser-at")
    if len(config.getoption("--browser")) > 1:
        raise pytest.UsageError(
            "give one --browser at a time: a scenario runs only once. Write each run's results with"
            " its own --alluredir, and merge them with `checkout-conformance report FOLDER FOLDER`."
        )
    if address and urlsplit(address).scheme not in ("ws", "wss", "http", "https"):
        raise pytest.UsageError(f"--browser-at {address}: give ws://…, wss://… or http(s)://…")
    tell_driver(address)


def is_over_http(config: pytest.Config) -> bool:
    """Return whether the run has no browser."""
    return bool(config.getoption("--driver") == HTTP)


def _refuse_options_of_browsers(config: pytest.Config) -> None:
    given = [option for option in OF_BROWSERS if config.getoption(option)]
    if given:
        raise pytest.UsageError(
            f"{', '.join(given)}: there is no browser with --driver http. Leave one of them out."
        )


def tell_driver(address: str | None) -> None:
    """Pass a grid's address to Playwright's driver, which reads it from the environment once."""
    if address and is_grid(address):
        os.environ[GRID] = address


def is_grid(address: str) -> bool:
    """Return whether the address is that of a Selenium grid."""
    return urlsplit(address).path.rstrip("/").endswith("/wd/hub")


def require_proxy_host(address: str | None, proxy_host: str | None) -> None:
    """Raise TargetError for a browser on another machine without a proxy host.

    Its only way to the network is the proxy of this machine (safety/forward_proxy.py), which it
    cannot reach at a loopback address.
    """
    host = urlsplit(address).hostname if address else "localhost"
    if proxy_host is None and host not in ("localhost", "127.0.0.1", "::1"):
        raise TargetError(
            f"the browser at {address} may use the network only through this machine: give the"
            " name or address of this machine for that browser with --proxy-host"
        )


def connect(kind: BrowserType, address: str, launch: Launch) -> Browser:
    """Return the browser at ``address``; ``launch`` starts one on a grid.

    A grid offers only Chromium and finds its program itself.
    """
    if address.startswith("ws"):
        return kind.connect(address)
    if is_grid(address):
        return launch()
    return kind.connect_over_cdp(address)


@pytest.fixture(scope="session")
def driver() -> Iterator[Driver]:
    """Playwright's driver; restarted if it ends."""
    driver = Driver()
    yield driver
    driver.stop()


@pytest.fixture(scope="session")
def playwright(driver: Driver) -> Playwright:
    """The first driver's Playwright, for constants such as its devices."""
    return driver.playwright


@pytest.fixture
def browser_type(driver: Driver, browser_name: str) -> BrowserType:
    """The browser type of the current driver."""
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
    """Launch the browser of a worker, or connect to that of --browser-at."""
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
    """The browser of this worker; restarted if it ends."""
    session = BrowserSession(driver, launch_browser)
    depend_on(pytestconfig, session)
    yield session
    session.close()


@pytest.fixture
def browser(browser_session: BrowserSession) -> Browser:
    """The current browser; not session-scoped, because it can be restarted."""
    return browser_session.browser


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, Any, Any]:
    """Skip a scenario at its end if the driver could not try all of it."""
    DRIVER_LACKS.take_notes()
    result = yield
    if untried := DRIVER_LACKS.take_notes():
        raise PartlyTried(untried)
    return result


@pytest.fixture
def new_context(request: pytest.FixtureRequest) -> Callable[..., Context]:
    """Open a new context of the run's driver; closed after the test."""
    name = "http_contexts" if is_over_http(request.config) else "browser_contexts"
    opener: Callable[..., Context] = request.getfixturevalue(name)
    return opener


@pytest.fixture
def browser_contexts(
    browser: Browser,
    browser_session: BrowserSession,
    browser_context_args: dict[str, Any],
    request: pytest.FixtureRequest,
) -> Iterator[Callable[..., BrowserContext]]:
    """Open a new browser context; closed after the test if the browser still runs.

    pytest-playwright's own fixture would ask an ended browser for its traces.
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
