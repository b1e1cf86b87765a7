"""Stands between the browser and the network: what a run must not reach, it does not reach."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Request, Route

from steps.staging.denied import REAL_PROVIDERS, is_denied

READS_ONLY = ("GET", "HEAD", "OPTIONS")


class SafetyError(Exception):
    """A page wanted to go where a run must not go. The message says where, and what to do."""


class NetworkGuard:
    """Lets a browser change things on known hosts only, and touch no real provider at all."""

    def __init__(self, addresses: Collection[str]) -> None:
        self._places = {urlsplit(address).netloc for address in addresses}
        self.refused: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """Look at everything that ``context`` sends from now on."""
        context.route("**/*", self._weigh)
        # A redirect is not routed again: it can be seen here, and the browser's own rules stop it.
        context.on("request", self._notice)

    def check(self) -> None:
        """Raise SafetyError if anything was refused."""
        if self.refused:
            raise SafetyError(
                "; ".join(dict.fromkeys(self.refused))
                + ". If it is a test instance of yours, name it in the target's file."
            )

    def allows(self, method: str, url: str) -> bool:
        """Whether a request may be sent."""
        parts = urlsplit(url)
        known = method in READS_ONLY or parts.netloc in self._places
        return known and not is_denied(parts.hostname or "")

    def _weigh(self, route: Route, request: Request) -> None:
        if self.allows(request.method, request.url):
            route.fallback()
        else:
            self._refuse(request)
            route.abort("blockedbyclient")

    def _notice(self, request: Request) -> None:
        if request.redirected_from and not self.allows(request.method, request.url):
            self._refuse(request)

    def _refuse(self, request: Request) -> None:
        host = urlsplit(request.url).hostname or request.url[:20]
        self.refused.append(f"a page wanted to send {request.method} to {host}: refused")


def browser_rules() -> str:
    """The switch by which Chromium itself finds no real provider, redirects included."""
    hosts = [rule for host in REAL_PROVIDERS for rule in (host, f"*.{host}")]
    return "--host-resolver-rules=" + ", ".join(f"MAP {host} ~NOTFOUND" for host in hosts)
