"""Requests of the HTTP driver: one navigation, with its redirects, as a browser sends them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import httpx

from checkout_conformance.drivers.http.addresses import BLOCKED, address_of
from checkout_conformance.drivers.http.cookies import BrowserCookies
from checkout_conformance.drivers.http.exchange import OBSERVERS, Exchange
from checkout_conformance.drivers.http.referrers import (
    HIDDEN,
    origin_header,
    origin_of,
    referrer,
)
from checkout_conformance.targets.addresses import needs_proxy, on_loopback, without_query
from checkout_conformance.targets.sent_requests import SENT
from checkout_conformance.targets.shared_client import shared_client
from checkout_conformance.targets.target import SiteUnreachable

MAX_REDIRECTS = 20
HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
Allow = Callable[[str, str], None]


@dataclass(frozen=True)
class Navigation:
    """A request for a page. ``initiator`` is the page with the link or form, if any.

    ``policy`` says what the site may learn about that page; ``crossed``, that a redirect has led
    to another origin.
    """

    method: str
    url: str
    initiator: str | None = None
    body: bytes = b""
    content_type: str = ""
    policy: str = ""
    crossed: bool = False


@dataclass(frozen=True)
class Answer:
    """The answer to a navigation, after its redirects: ``last`` is the request it answers."""

    last: Navigation
    status: int
    headers: httpx.Headers
    text: str


class HttpClient:
    """Sends the navigations of one context."""

    def __init__(
        self,
        jar: BrowserCookies,
        headers: Mapping[str, str],
        allow: Allow | None = None,
    ) -> None:
        """``allow`` is called with method and address before each request; it may raise."""
        self.jar = jar
        self.seconds = 30.0
        self._headers = dict(headers)
        self._allow = allow

    def navigate(self, wanted: Navigation) -> Answer:
        """Send a navigation and follow its redirects.

        Raises SiteUnreachable if a site does not answer in time, or redirects endlessly or to
        what is no address.
        """
        for _ in range(MAX_REDIRECTS):
            response = self._send(wanted)
            if not response.has_redirect_location:
                return Answer(wanted, response.status_code, response.headers, response.text)
            wanted = _redirected(wanted, response)
        raise SiteUnreachable(
            f"{without_query(wanted.url)} redirects more than {MAX_REDIRECTS} times"
        )

    def _send(self, wanted: Navigation) -> httpx.Response:
        if self._allow is not None:
            self._allow(wanted.method, wanted.url)
        SENT.add()
        exchange = Exchange(wanted.method, wanted.url)
        try:
            with OBSERVERS.observed(exchange):
                response = shared_client(needs_proxy(wanted.url)).request(
                    wanted.method,
                    on_loopback(wanted.url),
                    headers={**exchange.headers, **self._headers_of(wanted)},
                    content=wanted.body or None,
                    timeout=self.seconds,
                )
                exchange.status = response.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            where = without_query(wanted.url)
            raise SiteUnreachable(
                f"{where} did not answer ({type(error).__name__}). Start the site, or correct its"
                " address."
            ) from None
        self.jar.store(wanted.url, response.headers.get_list("Set-Cookie"))
        return response

    def _headers_of(self, wanted: Navigation) -> dict[str, str]:
        parts = urlsplit(wanted.url)
        headers = {"Host": parts.netloc.rpartition("@")[2], "Accept": HTML, **self._headers}
        cookies = self.jar.header(wanted.method, wanted.url, wanted.initiator)
        if cookies:
            headers["Cookie"] = cookies
        page = wanted.initiator or wanted.url
        if wanted.initiator is not None and (told := referrer(page, wanted.url, wanted.policy)):
            headers["Referer"] = told
        if wanted.method not in ("GET", "HEAD"):
            shown = HIDDEN if wanted.crossed else origin_header(page, wanted.url, wanted.policy)
            headers["Origin"] = shown
            headers["Content-Type"] = wanted.content_type
        return headers


def _redirected(wanted: Navigation, response: httpx.Response) -> Navigation:
    url = address_of(wanted.url, response.headers["Location"])
    if url in (None, BLOCKED):
        raise SiteUnreachable(
            f"{without_query(wanted.url)} redirects to an address that no browser can open"
        )
    if not urlsplit(url).fragment and (kept := urlsplit(wanted.url).fragment):
        url = f"{url}#{kept}"
    wanted = replace(
        wanted,
        url=url,
        policy=response.headers.get("Referrer-Policy", wanted.policy),
        crossed=wanted.crossed or origin_of(url) != origin_of(wanted.url),
    )
    keeps_method = response.status_code in (307, 308)
    if keeps_method or wanted.method in ("GET", "HEAD"):
        return wanted
    return replace(wanted, method="GET", body=b"", content_type="")
