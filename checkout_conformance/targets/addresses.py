"""The address and proxy by which the harness itself reaches a site."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit


def needs_proxy(*urls: str) -> bool:
    """Return whether to use the environment's proxies: not for addresses of this machine.

    Pass it to httpx as ``trust_env``: NO_PROXY=localhost does not cover wallet.localhost there.
    """
    return not all(_is_here(url) for url in urls)


def _is_here(url: str) -> bool:
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def on_loopback(url: str) -> str:
    """Return ``url`` with 127.0.0.1 for names under ``.localhost``, which only browsers resolve."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host != "localhost" and not host.endswith(".localhost"):
        return url
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit(parts._replace(netloc=f"127.0.0.1{port}"))


def without_query(url: str) -> str:
    """An address up to its query."""
    return url.partition("?")[0]
