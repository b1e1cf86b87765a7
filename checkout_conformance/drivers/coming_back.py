"""A site that asks to come back later (429 or 503 with ``Retry-After``) is asked once more."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import Response

from checkout_conformance.drivers.http.page import HttpPage
from checkout_conformance.drivers.page import Page
from checkout_conformance.expectations import PreconditionFailed

LATER = (429, 503)
HEADER = "Retry-After"


def patiently(page: Page, act: Callable[[], None], longest: float) -> None:
    """Do what leads to other pages; if one asks to come back later, wait and do it once more.

    Raises PreconditionFailed if the site asks for more than ``longest`` seconds, or asks again:
    that tells nothing about what a scenario is about.
    """
    seconds = _asked_to_wait(page, act)
    if seconds is None:
        return
    if seconds > longest:
        raise PreconditionFailed(
            f"the site asks to come back after {seconds:g} s,"
            f" and longest_wait_seconds of the target file is {longest:g}"
        )
    threading.Event().wait(seconds)
    if _asked_to_wait(page, act) is not None:
        raise PreconditionFailed(f"after {seconds:g} s the site asks once more to come back later")


def _asked_to_wait(page: Page, act: Callable[[], None]) -> float | None:
    """Return after how many seconds one of the pages asks to come back; None if none does."""
    asked: list[float | None] = []
    if isinstance(page, HttpPage):
        before, page.hear = page.hear, lambda status, told: asked.append(told_wait(status, told))
        try:
            act()
        finally:
            page.hear = before
    elif isinstance(page, BrowserPage):

        def hear(answer: Response) -> None:
            if answer.request.is_navigation_request() and answer.frame == page.main_frame:
                asked.append(told_wait(answer.status, answer.headers.get(HEADER.lower())))

        page.on("response", hear)
        try:
            act()
        finally:
            page.remove_listener("response", hear)
    else:
        act()
    return next((seconds for seconds in asked if seconds is not None), None)


def told_wait(status: int, told: str | None, now: datetime | None = None) -> float | None:
    """Return after how many seconds an answer asks to come back: it says a number, or a date."""
    if status not in LATER or not told:
        return None
    if told.strip().isdecimal():
        return float(told)
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    # A date that names no zone is in UTC, as all dates of HTTP are.
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
