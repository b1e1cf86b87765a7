"""Whether a site needs scripts to show its pages: then preconditions need the browser too."""

from __future__ import annotations

from functools import lru_cache

from checkout_conformance.drivers.http.context import HttpContext
from checkout_conformance.drivers.http.request_guard import RequestGuard
from checkout_conformance.targets.target import SiteUnreachable

FIELDS = "input:not([type=hidden]), textarea, select"


@lru_cache(maxsize=64)
def needs_script(sign_in: str, locale: str) -> bool:
    """Return whether the page at ``sign_in`` has scripts, and without them no field to fill in.

    The site is asked once. One that does not answer needs none: what uses it will say so.
    """
    context = HttpContext(locale=locale, user_agent="", allow=RequestGuard([sign_in]).allow)
    page = context.new_page()
    try:
        page.goto(sign_in)
    except SiteUnreachable:
        return False
    fields = (one for one in page.locator(FIELDS).all() if one.is_visible())
    return page.locator("script").count() > 0 and next(fields, None) is None
