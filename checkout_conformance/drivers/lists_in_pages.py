"""Lists that a site cuts into pages."""

from __future__ import annotations

import re

from checkout_conformance.drivers.page import Locator, Page

_NEXT = re.compile(
    r"^\W*(next|more|older|show more|load more|следующ|дальше|далее|(показать )?ещё"
    r"|التالي|المزيد)",
    re.IGNORECASE,
)


def next_pages(page: Page) -> Locator:
    """Return the links to the next page of a list; none on the last page."""
    named = page.get_by_role("link", name=_NEXT).or_(page.get_by_role("button", name=_NEXT))
    return page.locator("a[rel~=next]").or_(named)
