"""Cookies as a browser keeps and sends them (RFC 6265bis), with all their attributes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Literal, TypedDict
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

SameSite = Literal["Lax", "None", "Strict"]
SESSION = -1.0
READ_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")


class PlaywrightCookie(TypedDict):
    """A cookie in the form in which Playwright's contexts tell and take it."""

    name: str
    value: str
    domain: str
    path: str
    expires: float
    httpOnly: bool
    secure: bool
    sameSite: SameSite


@dataclass(frozen=True)
class Cookie:
    """A cookie. ``domain`` begins with a point if subdomains get it too."""

    name: str
    value: str
    domain: str
    path: str = "/"
    expires: float = SESSION
    http_only: bool = False
    secure: bool = False
    same_site: SameSite = "Lax"

    @property
    def identity(self) -> tuple[str, str, str]:
        """A new cookie with the same identity replaces this one."""
        return self.name, self.domain, self.path

    def is_expired(self, now: float) -> bool:
        """Return whether it is no longer valid at ``now``, in seconds since 1970."""
        return self.expires != SESSION and self.expires <= now

    def is_for(self, url: str) -> bool:
        """Return whether its domain, path and security let it be sent to an address."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        at_home = host == self.domain or (
            self.domain.startswith(".") and f".{host}".endswith(self.domain)
        )
        return (
            at_home
            and _is_below(parts.path or "/", self.path)
            and (not self.secure or _is_trustworthy(parts.scheme, host))
        )


class BrowserCookies:
    """The cookies of one browser context."""

    def __init__(self) -> None:
        self._cookies: dict[tuple[str, str, str], Cookie] = {}

    def header(self, method: str, url: str, initiator: str | None) -> str:
        """Return the ``Cookie`` header of a navigation to ``url``; "" if there is none.

        ``initiator`` is the page with the link or form; None if the buyer typed the address.
        """
        foreign = initiator is not None and site_of(initiator) != site_of(url)
        sent = [one for one in self._valid() if one.is_for(url) and _may_go(one, method, foreign)]
        sent.sort(key=lambda one: -len(one.path))
        return "; ".join(f"{one.name}={one.value}" if one.name else one.value for one in sent)

    def store(self, url: str, lines: Iterable[str]) -> None:
        """Keep the cookies of an answer's ``Set-Cookie`` lines, as far as a browser would."""
        for line in lines:
            cookie = parse_cookie(line, url)
            if cookie is not None:
                self._cookies[cookie.identity] = cookie

    def add(self, cookies: Iterable[PlaywrightCookie]) -> None:
        """Keep cookies that another context told."""
        for one in cookies:
            cookie = Cookie(
                one["name"],
                one["value"],
                one["domain"],
                one["path"],
                one["expires"],
                one["httpOnly"],
                one["secure"],
                one["sameSite"],
            )
            self._cookies[cookie.identity] = cookie

    def all(self) -> list[PlaywrightCookie]:
        """Return all valid cookies."""
        return [
            PlaywrightCookie(
                name=one.name,
                value=one.value,
                domain=one.domain,
                path=one.path,
                expires=one.expires,
                httpOnly=one.http_only,
                secure=one.secure,
                sameSite=one.same_site,
            )
            for one in self._valid()
        ]

    def clear(self) -> None:
        """Forget all cookies."""
        self._cookies.clear()

    def _valid(self) -> Iterator[Cookie]:
        now = time.time()
        return (one for one in self._cookies.values() if not one.is_expired(now))


def parse_cookie(line: str, url: str) -> Cookie | None:
    """Return the cookie of a ``Set-Cookie`` line from ``url``; None if a browser rejects it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    pair, *rest = line.split(";")
    name, sign, value = (part.strip() for part in pair.partition("="))
    if not sign:
        name, value = "", name
    told = dict(_attribute(one) for one in reversed(rest))
    domain = told.get("domain", "").lstrip(".").lower()
    if domain and not _may_set(host, domain):
        return None
    path = told.get("path", "")
    cookie = Cookie(
        name,
        value,
        f".{domain}" if domain else host,
        path if path.startswith("/") else (parts.path.rpartition("/")[0] or "/"),
        _expiry(told),
        "httponly" in told,
        "secure" in told,
        _same_site(told.get("samesite", "")),
    )
    return cookie if _is_acceptable(cookie, parts.scheme, host) else None


def site_of(url: str) -> str:
    """Return the scheme and registrable domain of an address, which SameSite compares."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return f"{parts.scheme}://{_registrable(host)}"


@cache
def _registrable(host: str) -> str:
    return _suffixes().privatesuffix(host) or host


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _may_go(cookie: Cookie, method: str, foreign: bool) -> bool:
    if not foreign or cookie.same_site == "None":
        return True
    return cookie.same_site == "Lax" and method in READ_METHODS


def _may_set(host: str, domain: str) -> bool:
    """A domain that covers a whole public suffix is no domain of this host's."""
    return f".{host}".endswith(f".{domain}") and (
        host == domain or _suffixes().privatesuffix(domain) is not None
    )


def _is_acceptable(cookie: Cookie, scheme: str, host: str) -> bool:
    if not (cookie.name or cookie.value):
        return False
    if cookie.secure and not _is_trustworthy(scheme, host):
        return False
    if cookie.name.startswith("__Host-"):
        own = not cookie.domain.startswith(".") and cookie.path == "/"
        return cookie.secure and own
    needs_secure = cookie.same_site == "None" or cookie.name.startswith("__Secure-")
    return cookie.secure or not needs_secure


def _attribute(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name.strip().lower(), value.strip()


def _same_site(told: str) -> SameSite:
    known: dict[str, SameSite] = {"strict": "Strict", "none": "None"}
    return known.get(told.lower(), "Lax")


def _expiry(told: dict[str, str]) -> float:
    if "max-age" in told:
        try:
            return max(time.time() + int(told["max-age"]), 0.0)
        except ValueError:
            return SESSION
    try:
        return max(parsedate_to_datetime(told["expires"]).timestamp(), 0.0)
    except (KeyError, ValueError):
        return SESSION


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder if folder.endswith("/") else f"{folder}/")


def _is_trustworthy(scheme: str, host: str) -> bool:
    """Chromium sends secure cookies over plain HTTP only to names of this machine."""
    return scheme == "https" or host == "localhost" or host.endswith(".localhost")
