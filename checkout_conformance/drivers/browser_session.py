"""The browser of a worker and Playwright's driver: started once, and again if they die."""

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
        """Ask it something. What has happened in the meantime is known afterwards too."""
        try:
            self.playwright.request.new_context().dispose()
        except PlaywrightError:
            return False
        return True

    def restart(self) -> None:
        """Start another one; what the old one has made cannot be used any more."""
        # One thread has one driver at a time, so the old one is given up first, dead or not.
        self.playwright.stop()
        self.playwright = sync_playwright().start()

    def stop(self) -> None:
        """End it."""
        self.playwright.stop()


class BrowserSession:
    """The browser that the scenarios of a worker share."""

    name = "the browser"

    def __init__(self, driver: Driver, launch: Callable[[], Browser]) -> None:
        self._driver = driver
        self._launch = launch
        self.browser = launch()

    def is_running(self) -> bool:
        """Whether a scenario can open a window in it."""
        return self._driver.is_running() and self.browser.is_connected()

    def restart(self) -> None:
        """Launch another one. Raises Playwright's error if that cannot be done."""
        if not self._driver.is_running():
            self._driver.restart()
        self.browser = self._launch()

    def close(self) -> None:
        """Close it, if it is still there."""
        if self.is_running():
            self.browser.close()
