"""Records the pages of a scenario, their console and their trace."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError

from checkout_conformance.drivers.http.context import HttpContext
from checkout_conformance.drivers.http.page import HttpPage
from checkout_conformance.drivers.page import Context
from checkout_conformance.evidence.page_masks import TYPING_SCRIPT
from checkout_conformance.evidence.traces import start_trace, take_trace

RECORDER = pytest.StashKey["BrowserRecorder"]()
# A page that logs endlessly must not fill the report.
CONSOLE_LINES = 200


class BrowserRecorder:
    """Records the browser contexts of a scenario for its evidence."""

    def __init__(self, traces: str = "off") -> None:
        self._traces = traces
        self._contexts: list[BrowserContext] = []
        self._pages: list[Page | HttpPage] = []
        self._console: list[str] = []

    def watch(self, context: Context) -> None:
        """Record every page that ``context`` opens."""
        assert isinstance(context, BrowserContext | HttpContext)
        context.on("page", self._follow)
        if isinstance(context, BrowserContext):
            self._watch_browser(context)

    def _watch_browser(self, context: BrowserContext) -> None:
        context.on("console", self._log_console)
        context.on("weberror", self._log_error)
        context.add_init_script(TYPING_SCRIPT)
        self._contexts.append(context)
        if self._traces != "off":
            start_trace(context, snapshots=self._traces == "full")

    def pages(self) -> list[Page | HttpPage]:
        """Return the open pages; the one with the latest navigation comes first."""
        return [page for page in reversed(self._pages) if not page.is_closed()]

    def console(self) -> list[str]:
        """Return console messages and uncaught errors of the pages, at most 200."""
        return self._console[:CONSOLE_LINES]

    def traces(self) -> list[bytes]:
        """Return the trace of each context without secrets; none with --traces=off."""
        contexts = self._contexts if self._traces != "off" else []
        self._traces = "off"
        return [take_trace(context) for context in contexts]

    def _follow(self, page: Page | HttpPage) -> None:
        self._pages.append(page)
        page.on("framenavigated", lambda frame: self._to_front(page, frame))

    def _to_front(self, page: Page | HttpPage, frame: object) -> None:
        if frame == page.main_frame:
            self._pages.remove(page)
            self._pages.append(page)

    def _log_console(self, message: ConsoleMessage) -> None:
        self._console.append(f"{message.type}: {message.text}")

    def _log_error(self, error: WebError) -> None:
        self._console.append(f"error: {error.error}")


def recorder_of(item: pytest.Item) -> BrowserRecorder:
    """Return the recorder of a scenario; pass it every new browser context."""
    if RECORDER not in item.stash:
        item.stash[RECORDER] = BrowserRecorder(_wanted_traces(item.config))
    return item.stash[RECORDER]


def _wanted_traces(config: pytest.Config) -> str:
    has_a_report = config.getoption("allure_report_dir", None) is not None
    return str(config.getoption("--traces")) if has_a_report else "off"
