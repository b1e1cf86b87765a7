"""A browser somewhere else: a Playwright server, a DevTools endpoint, a Selenium grid."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserType

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
            " --alluredir, and merge them with `python -m reports FOLDER FOLDER`."
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
def launch_browser(
    pytestconfig: pytest.Config,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
) -> Launch:
    """Starts the browser of a worker, or finds the one that --browser-at names."""
    address = pytestconfig.getoption("--browser-at")

    def launch(**more: Any) -> Browser:
        options = {**browser_type_launch_args, **more}
        if not address:
            return browser_type.launch(**options)
        options.pop("executable_path", None)
        return connect(browser_type, address, lambda: browser_type.launch(**options))

    return launch
