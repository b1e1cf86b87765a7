"""A visit of one virtual buyer: pages over HTTP, and a row for each clause that is walked."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, Self, TypeVar

import pytest

from checkout_conformance.drivers.devices import DESKTOP, agent_of
from checkout_conformance.drivers.http.context import HttpContext
from checkout_conformance.drivers.http.request_guard import RequestGuard
from checkout_conformance.drivers.page import Page
from checkout_conformance.load.job import CLAUSE
from checkout_conformance.people import Buyer
from checkout_conformance.redaction.secrets import redact
from checkout_conformance.targets.target import Target

# Ids and numbers would make every failure a reason of its own.
OWN = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+")
LONGEST_REASON = 160


class Record(Protocol):
    """Takes what was measured."""

    def __call__(self, kind: str, name: str, seconds: float, failure: str | None) -> None:
        """Count something that took so long; ``failure`` is the reason, None if it went well."""


class PageObject(Protocol):
    """A page object of a site."""

    @classmethod
    def on(cls, page: Page, target: Target) -> Self:
        """The page object in a tab."""


PageT = TypeVar("PageT", bound=PageObject)


# Opens a tab on a device.
OpenPage = Callable[[str], Page]


class VisitFailed(Exception):
    """A clause failed, and was counted: the visit ends."""


class Visit:
    """What a walk works with: the buyer, page objects in one tab, and the target's controls."""

    def __init__(
        self,
        buyer: Buyer,
        target: Target,
        controls: Any,
        record: Record,
        think: Callable[[], None],
        open_page: OpenPage,
    ) -> None:
        """``controls`` is what the content shares among walks; ``think`` pauses as people do."""
        self.buyer = buyer
        self.target = target
        self.controls = controls
        self._record = record
        self._think = think
        self._open_page = open_page
        self._page: Page | None = None

    def on(self, page_class: type[PageT], device: str = DESKTOP) -> PageT:
        """Return a page object in the buyer's tab, which the first call opens on the device."""
        if self._page is None:
            self._page = self._open_page(self.target.device or device)
        return page_class.on(self._page, self.target)

    @contextmanager
    def clause(self, name: str) -> Iterator[None]:
        """Measure the walk of a clause, and pause after it. Raises VisitFailed if it fails."""
        began = time.perf_counter()
        try:
            yield
        except pytest.skip.Exception:
            raise
        except Exception as error:
            self._record(CLAUSE, name, time.perf_counter() - began, reason_of(error))
            raise VisitFailed(name) from error
        self._record(CLAUSE, name, time.perf_counter() - began, None)
        self._think()


def pages_over_http(target: Target, patience: float) -> OpenPage:
    """Open pages without a browser; each may take ``patience`` seconds."""
    guard = RequestGuard(target.urls.values())

    def open_page(device: str) -> Page:
        context = HttpContext(locale=target.locale, user_agent=agent_of(device), allow=guard.allow)
        context.set_default_timeout(1000 * patience)
        return context.new_page()

    return open_page


def reason_of(error: BaseException) -> str:
    """Say in a line why something failed, without secrets and without what is of one visit."""
    said = redact(str(error)).strip().partition("\n")[0]
    return f"{type(error).__name__}: {OWN.sub('…', said)}"[:LONGEST_REASON]
