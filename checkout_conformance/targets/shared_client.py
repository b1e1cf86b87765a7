"""The HTTP client that all pages and programs of a process share."""

from __future__ import annotations

from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from checkout_conformance.targets.addresses import needs_proxy
from checkout_conformance.targets.sent_requests import SENT


def send_request(method: str, address: str, **options: Any) -> httpx.Response:
    """Send a request as a program does: without cookies, and following no redirect.

    ``options`` are those of ``httpx.Client.request``.
    """
    SENT.add()
    return shared_client(needs_proxy(address)).request(method, address, **options)


@cache
def shared_client(trust_env: bool) -> httpx.Client:
    """A client costs 20 ms for its TLS context. It keeps no cookies: each context has its own."""
    return httpx.Client(
        follow_redirects=False,
        trust_env=trust_env,
        cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=())),
        limits=httpx.Limits(keepalive_expiry=60),
    )
