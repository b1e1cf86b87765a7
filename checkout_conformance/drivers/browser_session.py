"""A worker's browser and Playwright's driver; both are restarted if they end."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError


class Driver:
    """Playwright's driver, a process of its own."""

    name = "Playwright's driver"

    def __init__(self) -> None:
        self.playwright: Playwright = sync_playwright().start()

    def is_running(self) -> bool:
        """Return whether the driver answers; this also processes its pending events."""
        try:
            self.playwright.request.new_context().dispose()
        except PlaywrightError:
            return False
        return True

    def restart(self) -> None:
        """Start a new driver; objects of the old one can no longer be used."""
        # A thread can have one driver at a time, so stop the old one first, even if it has ended.
        self.playwright.stop()
        self.playwright = sync_playwright().start()

    def stop(self) -> None:
        """Stop the driver."""
        self.playwright.stop()


class BrowserSession:
    """The browser that the scenarios of a worker share."""

    name = "the browser"

    def __init__(self, driver: Driver, launch: Callable[[], Browser]) -> None:
        self._driver = driver
        self._launch = launch
        self.browser = launch()

    def is_running(self) -> bool:
        """Return whether a scenario can open a window in the browser."""
        return self._driver.is_running() and self.browser.is_connected()

    def restart(self) -> None:
        """Launch a new browser. Raises Playwright's error if it does not start."""
        if not self._driver.is_running():
            self._driver.restart()
        self.browser = self._launch()

    def close(self) -> None:
        """Close the browser if it is running."""
        if self.is_running():
            self.browser.close()
