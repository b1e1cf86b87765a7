"""Keeps the browser from hosts that a run must not reach, in two layers.

The guard checks the requests of pages and reports those that it refuses. The browser itself can
connect only to the target's hosts (``forward_proxy.py``), which stops what the guard does not see,
such as requests of workers and redirects. Reads from other hosts are fetched by the harness
(``read_only_fetcher.py``).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import APIRequestContext, BrowserContext, Request, Route, WebSocketRoute

from checkout_conformance.safety.forward_proxy import ForwardProxy
from checkout_conformance.safety.read_only_fetcher import FetchError, ReadOnlyFetcher
from checkout_conformance.targets.deny_list import REAL_PROVIDERS
from checkout_conformance.targets.hosts import endpoint_of
from checkout_conformance.targets.safety_error import SafetyError

READ_METHODS = ("GET", "HEAD", "OPTIONS")
# APIs that bypass a proxy.
DISABLE_DIRECT_CONNECTIONS = """
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport"])
    delete globalThis[name];
"""


class NetworkGuard:
    """Allows changes on the target's hosts only, and no request to a real provider."""

    def __init__(
        self, changeable: Collection[str], proxy: ForwardProxy, client: APIRequestContext
    ) -> None:
        """Make a guard.

        ``changeable`` are the addresses of sites that may be changed; ``client`` fetches reads
        from other hosts.
        """
        self._changeable = {endpoint_of(address) for address in changeable}
        self._proxy = proxy
        self._fetcher = ReadOnlyFetcher(client)
        self._before = len(proxy.blocked)
        self._refused: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """Guard all requests of ``context``, which was made with ``context_options``."""
        context.add_init_script(DISABLE_DIRECT_CONNECTIONS)
        context.route("**/*", self._handle_request)
        context.route_web_socket(lambda url: not self._proxy.allows(url), self._close_socket)
        # Redirects are not routed again: they are reported here and stopped by the proxy.
        context.on("request", self._check_redirect)

    @property
    def refused(self) -> list[str]:
        """Descriptions of the refused requests, each once."""
        return list(dict.fromkeys([*self._refused, *self._blocked_by_proxy()]))

    def check(self) -> None:
        """Raise SafetyError if anything was refused."""
        if self.refused:
            raise SafetyError(
                "; ".join(self.refused)
                + ". It was not sent. If it is a test instance of yours, name it in the target's"
                " file."
            )

    def _handle_request(self, route: Route, request: Request) -> None:
        if urlsplit(request.url).scheme not in ("http", "https"):
            route.fallback()
        elif self._proxy.allows(request.url):
            if request.method in READ_METHODS or endpoint_of(request.url) in self._changeable:
                route.fallback()
            else:
                self._refuse(route, request)
        elif request.method in READ_METHODS:
            self._read(route, request)
        else:
            self._refuse(route, request)

    def _read(self, route: Route, request: Request) -> None:
        try:
            self._fetcher.fetch(route, request)
        except FetchError as error:
            self._refused.append(f"{error}: refused")
            route.abort("blockedbyclient")

    def _refuse(self, route: Route, request: Request) -> None:
        self._refused.append(_wanted(request.method, request.url))
        route.abort("blockedbyclient")

    def _check_redirect(self, request: Request) -> None:
        if request.redirected_from and not self._proxy.allows(request.url):
            self._refused.append(_wanted(request.method, request.url, " by a redirect"))

    def _close_socket(self, socket: WebSocketRoute) -> None:
        self._refused.append(_wanted("a WebSocket", socket.url))
        socket.close()

    def _blocked_by_proxy(self) -> list[str]:
        """Return requests that only the proxy saw, except reads: the browser fetches icons."""
        return [
            f"a page wanted to send {_name(one.method)} to {one.host} past the guard: refused"
            for one in self._proxy.blocked[self._before :]
            if one.method not in READ_METHODS and one.host not in self._fetcher.asked
        ]


def context_options(proxy: ForwardProxy) -> dict[str, Any]:
    """Return the options of a browser context whose only way out is the proxy."""
    # The guard cannot see the requests of service workers.
    return {"proxy": {"server": proxy.address}, "service_workers": "block"}


def browser_rules() -> str:
    """Return the switch that makes Chromium unable to resolve real providers."""
    hosts = [rule for host in REAL_PROVIDERS for rule in (host, f"*.{host}")]
    return "--host-resolver-rules=" + ", ".join(f"MAP {host} ~NOTFOUND" for host in hosts)


def _wanted(what: str, url: str, how: str = "") -> str:
    host = urlsplit(url).hostname or url[:20]
    return f"a page wanted to send {what} to {host}{how}: refused"


def _name(method: str) -> str:
    return "something encrypted" if method == "CONNECT" else method
