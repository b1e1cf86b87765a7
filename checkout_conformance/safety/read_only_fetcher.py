"""Fetch what pages read from other hosts: fonts, scripts, pictures."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import unquote_plus, urljoin, urlsplit

from playwright.sync_api import APIRequestContext, APIResponse, Request, Route
from playwright.sync_api import Error as PlaywrightError
from stdnum import luhn

from checkout_conformance.redaction.secrets import MASK, redact
from checkout_conformance.targets.deny_list import is_denied

# Without cookies, the page's address and headers that a script added.
HARMLESS_HEADERS = ("accept", "accept-language", "origin", "range", "user-agent")
REDIRECTS = (301, 302, 303, 307, 308)
MAX_REDIRECTS = 10
TIMEOUT_MS = 15_000
CARD_NUMBER = re.compile(r"[2-6]\d{13,18}")
SHORTEST_ANYWHERE = 6


class FetchError(Exception):
    """A request that must not be sent to another host. The message says which."""


class ReadOnlyFetcher:
    """Fetches reads from other hosts, which the browser cannot reach itself."""

    def __init__(self, client: APIRequestContext) -> None:
        self._client = client
        self.asked: set[str] = set()

    def fetch(self, route: Route, request: Request) -> None:
        """Answer a read request of a page. Raises FetchError if it would leak a secret."""
        try:
            answer = self._follow(request)
        except PlaywrightError:
            answer = None
        # The page may be gone by now.
        with suppress(PlaywrightError):
            if answer is None:
                route.abort("connectionfailed")
            else:
                route.fulfill(response=answer)
                answer.dispose()

    def _follow(self, request: Request) -> APIResponse:
        headers = request.headers
        kept = {name: headers[name] for name in HARMLESS_HEADERS if name in headers}
        url = request.url
        for _ in range(MAX_REDIRECTS):
            self._check(url)
            answer = self._client.fetch(
                url, method=request.method, headers=kept, max_redirects=0, timeout=TIMEOUT_MS
            )
            if answer.status not in REDIRECTS or "location" not in answer.headers:
                return answer
            url = urljoin(url, answer.headers["location"])
        raise FetchError(f"{urlsplit(url).hostname} redirects for ever")

    def _check(self, url: str) -> None:
        host = urlsplit(url).hostname or ""
        if is_denied(host):
            raise FetchError(f"a page wanted something of {host}, a real provider")
        if contains_secret(url):
            raise FetchError(f"a page wanted to send a secret to {host} in an address")
        self.asked.add(host)


def contains_secret(url: str) -> bool:
    """Return whether an address contains a card number or a registered secret."""
    parts = urlsplit(url)
    # Twice decoded too: an address may hold another one.
    for decode in (str, unquote_plus, _unquote_twice):
        path, query = decode(parts.path), decode(parts.query)
        if any(map(_is_secret, _pieces(query))) or any(map(_has_secret, _pieces(path + query))):
            return True
    return False


def _unquote_twice(text: str) -> str:
    return unquote_plus(unquote_plus(text))


def _pieces(text: str) -> list[str]:
    pieces = re.split(r"[/?&=;#,\"{}]+", text)
    return [form for piece in pieces if piece for form in (piece, re.sub("[ -]", "", piece))]


def _is_secret(value: str) -> bool:
    return redact(value) == MASK or bool(CARD_NUMBER.fullmatch(value) and luhn.is_valid(value))


def _has_secret(text: str) -> bool:
    # Shorter matches may be part of a name.
    return len(text) - len(redact(text).replace(MASK, "")) >= SHORTEST_ANYWHERE
