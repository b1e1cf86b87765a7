"""The cookies of an answer, in the form in which Playwright's contexts take them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from http.cookies import Morsel, SimpleCookie
from typing import Literal, TypedDict
from urllib.parse import urlsplit

from checkout_conformance.redaction.secrets import hide

SameSite = Literal["Lax", "None", "Strict"]
SAME_SITE: dict[str, SameSite] = {"strict": "Strict", "none": "None"}
# It ends with the browser.
SESSION = -1.0


class BrowserCookie(TypedDict):
    """A cookie with all its attributes; ``expires`` in seconds since 1970, -1 for a session's."""

    name: str
    value: str
    domain: str
    path: str
    expires: float
    httpOnly: bool
    secure: bool
    sameSite: SameSite


def cookies_of(lines: Iterable[str], url: str) -> list[BrowserCookie]:
    """Return the cookies of an answer's ``Set-Cookie`` lines, as if it came from ``url``.

    The harness may have asked another address than the browser will. Reports hide the values.
    """
    host = urlsplit(url).hostname or ""
    return [_cookie(one, host) for line in lines for one in SimpleCookie(line).values()]


def _cookie(told: Morsel[str], host: str) -> BrowserCookie:
    domain = told["domain"].lstrip(".")
    return BrowserCookie(
        name=told.key,
        value=hide(told.value),
        # With a point before it, subdomains get the cookie too.
        domain=f".{domain}" if domain else host,
        path=told["path"] or "/",
        expires=_expires(told),
        httpOnly=bool(told["httponly"]),
        secure=bool(told["secure"]),
        # As browsers read it where nothing is said.
        sameSite=SAME_SITE.get(told["samesite"].lower(), "Lax"),
    )


def _expires(told: Morsel[str]) -> float:
    if told["max-age"]:
        return time.time() + int(told["max-age"])
    return parsedate_to_datetime(told["expires"]).timestamp() if told["expires"] else SESSION
