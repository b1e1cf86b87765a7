"""The cookies of a control's answer, in the form in which contexts take them."""

from __future__ import annotations

from collections.abc import Iterable

from checkout_conformance.drivers.http.cookies import BrowserCookies, PlaywrightCookie
from checkout_conformance.redaction.secrets import hide


def cookies_of(lines: Iterable[str], url: str) -> list[PlaywrightCookie]:
    """Return the cookies of an answer's ``Set-Cookie`` lines, as if it came from ``url``.

    The harness may have asked another address than the browser will. Reports hide the values.
    """
    cookies = BrowserCookies()
    cookies.store(url, lines)
    for one in cookies.all():
        hide(one["value"])
    return cookies.all()
