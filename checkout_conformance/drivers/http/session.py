"""The buyer's session of a browser, continued over HTTP and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from checkout_conformance.drivers.browser_page import browser_page
from checkout_conformance.drivers.http.context import HttpContext
from checkout_conformance.drivers.http.page import HttpPage
from checkout_conformance.drivers.http.request_guard import RequestGuard
from checkout_conformance.drivers.page import Page
from checkout_conformance.targets.target import Target


@contextmanager
def page_over_http(page: Page, target: Target) -> Iterator[HttpPage]:
    """Yield an empty page over HTTP with the cookies of a browser's page.

    Two thirds of a run's time went into pages that no step looks at: what a scenario presupposes
    needs no browser. Afterwards the browser has the cookies of the session, with their attributes.
    The page reaches the sites of ``target`` only; it raises SafetyError for others.
    """
    browser = browser_page(page)
    agent = str(browser.evaluate("navigator.userAgent"))
    guard = RequestGuard(target.urls.values())
    context = HttpContext(locale=target.locale, user_agent=agent, allow=guard.allow)
    before = browser.context.cookies()
    context.add_cookies(before)  # type: ignore[arg-type]
    yield context.new_page()
    after = context.cookies()
    kept = {(one["name"], one["domain"], one["path"]) for one in after}
    for one in before:
        name, domain, path = one.get("name"), one.get("domain"), one.get("path")
        if (name, domain, path) not in kept:
            browser.context.clear_cookies(name=name, domain=domain, path=path)
    browser.context.add_cookies(after)  # type: ignore[arg-type]
