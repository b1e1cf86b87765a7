"""A context over HTTP: the cookies, the language and the pages of one buyer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from playwright.sync_api import TimeoutError

from checkout_conformance.drivers.http.client import Allow, HttpClient
from checkout_conformance.drivers.http.cookies import BrowserCookies, PlaywrightCookie
from checkout_conformance.drivers.http.page import HttpPage

SECONDS = 30.0


class OpenedPage:
    """A tab that is being opened."""

    value: HttpPage


class HttpContext:
    """The part of Playwright's BrowserContext that steps use."""

    def __init__(self, *, locale: str, user_agent: str, allow: Allow | None = None) -> None:
        """``allow`` is called with method and address before each request; it may raise."""
        self.locale, self.user_agent = locale, user_agent
        self._jar = BrowserCookies()
        headers = {"Accept-Language": locale, "User-Agent": user_agent}
        self.client = HttpClient(self._jar, headers, allow)
        self.seconds = SECONDS
        self.pages: list[HttpPage] = []
        self._listeners: list[Callable[[HttpPage], None]] = []

    def new_page(self) -> HttpPage:
        """Open an empty tab."""
        page = HttpPage(self)
        self.pages.append(page)
        for listener in self._listeners:
            listener(page)
        return page

    @contextmanager
    def expect_page(self) -> Iterator[OpenedPage]:
        """Tell the tab that a press in the block opens, as ``value``. Raises Playwright's error."""
        before, opened = len(self.pages), OpenedPage()
        yield opened
        if len(self.pages) == before:
            raise TimeoutError("no tab was opened")
        opened.value = self.pages[-1]

    def cookies(self) -> list[PlaywrightCookie]:
        """The cookies, with all their attributes."""
        return self._jar.all()

    def add_cookies(self, cookies: Sequence[PlaywrightCookie]) -> None:
        """Keep cookies that another context told."""
        self._jar.add(cookies)

    def clear_cookies(self) -> None:
        """Forget all cookies."""
        self._jar.clear()

    def set_default_timeout(self, timeout: float) -> None:
        """Set how long new pages wait, and how long a site may take to answer, in milliseconds."""
        self.seconds = self.client.seconds = timeout / 1000

    def on(self, event: str, listener: Callable[[HttpPage], None]) -> None:
        """Call ``listener`` with each new page, for the event ``page``; there are no others."""
        if event == "page":
            self._listeners.append(listener)

    def close(self) -> None:
        """Close the tabs."""
        for page in list(self.pages):
            page.close()
