"""Which sites the harness asks by way of a proxy."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def needs_proxy(*urls: str) -> bool:
    """Whether the environment's proxies are for these addresses: on this machine they are not.

    Pass it to httpx as ``trust_env``: NO_PROXY=localhost does not cover wallet.localhost there.
    """
    return not all(_is_here(url) for url in urls)


def _is_here(url: str) -> bool:
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
