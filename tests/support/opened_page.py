"""A page with the content that a test gives it, opened without a browser."""

from __future__ import annotations

from typing import Any

from checkout_conformance.drivers.http.context import HttpContext
from tests.support.recording_site import RecordingSite

Tab = Any


def opened(site: RecordingSite, content: str) -> Tab:
    """Serve a page with this content, and return the tab that has opened it."""
    site.serve("/", f"<main><h1>Page</h1>{content}</main>")
    tab = HttpContext(locale="en", user_agent="test").new_page()
    tab.goto(site.url())
    return tab
