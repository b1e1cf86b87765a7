"""A site that asks to come back later is waited for, within the limit of the target file."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from checkout_conformance.drivers.coming_back import patiently, told_wait
from checkout_conformance.drivers.http.context import HttpContext
from checkout_conformance.drivers.page import Page
from checkout_conformance.expectations import PreconditionFailed
from tests.support.stub_site import QuietHandler, serving

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HALF_A_MINUTE_LATER = "Thu, 01 Jan 2026 12:00:30 GMT"


class BusyShop:
    """Answers 429 so often, with ``retry_after``, before it shows its page."""

    def __init__(self) -> None:
        self.url = ""
        self.busy = 1
        self.retry_after: str | None = "1"
        self.asked = 0


@pytest.fixture
def shop() -> Iterator[BusyShop]:
    shop = BusyShop()

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            shop.asked += 1
            is_busy = shop.asked <= shop.busy
            self.send_response(429 if is_busy else 200)
            if is_busy and shop.retry_after:
                self.send_header("Retry-After", shop.retry_after)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<h1>Too many</h1>" if is_busy else b"<h1>Welcome</h1>")

    with serving(Handler) as address:
        shop.url = f"{address}/"
        yield shop


@pytest.fixture(params=["browser", "http"])
def opened(request: pytest.FixtureRequest) -> Page:
    """An empty tab: in a browser, and over HTTP."""
    if request.param == "http":
        return HttpContext(locale="en", user_agent="test").new_page()
    page: Page = request.getfixturevalue("page")
    return page


def test_the_page_is_opened_again_after_the_time(shop: BusyShop, opened: Page) -> None:
    began = time.monotonic()
    patiently(opened, lambda: go(opened, shop), 5)
    assert shop.asked == 2
    assert time.monotonic() - began >= 1
    assert opened.get_by_role("heading").first.inner_text() == "Welcome"


def test_a_site_that_asks_for_too_long_cannot_be_tried(shop: BusyShop, opened: Page) -> None:
    shop.retry_after = "900"
    with pytest.raises(PreconditionFailed, match=r"come back after 900 s.*seconds.* is 5"):
        patiently(opened, lambda: go(opened, shop), 5)
    assert shop.asked == 1


def test_a_site_that_asks_again_cannot_be_tried(shop: BusyShop, opened: Page) -> None:
    shop.busy = 2
    with pytest.raises(PreconditionFailed, match="once more"):
        patiently(opened, lambda: go(opened, shop), 5)


def test_a_refusal_without_a_time_is_what_the_site_shows(shop: BusyShop, opened: Page) -> None:
    shop.retry_after = None
    patiently(opened, lambda: go(opened, shop), 5)
    assert opened.get_by_role("heading").first.inner_text() == "Too many"


@pytest.mark.parametrize(
    ("status", "told", "seconds"),
    [
        (429, "30", 30),
        (503, HALF_A_MINUTE_LATER, 30),
        (503, HALF_A_MINUTE_LATER.replace("GMT", "-0000"), 30),
        (503, "soon", None),
        (429, None, None),
        (200, "30", None),
    ],
)
def test_what_an_answer_asks_for(status: int, told: str | None, seconds: float | None) -> None:
    assert told_wait(status, told, NOON) == seconds


def test_a_date_that_is_over_asks_for_no_time() -> None:
    assert told_wait(503, HALF_A_MINUTE_LATER, NOON + timedelta(hours=1)) == 0


def go(page: Page, shop: BusyShop) -> None:
    page.goto(shop.url)
