"""Keeps the HTTP driver from hosts that are no sites of the target."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from checkout_conformance.safety.network_guard import SafetyError
from checkout_conformance.targets.hosts import endpoint_of


class RequestGuard:
    """Allows requests to the target's sites, and to nothing else."""

    def __init__(self, addresses: Collection[str]) -> None:
        """``addresses`` are those of the target's sites."""
        self._allowed = {endpoint_of(address) for address in addresses}

    def allow(self, method: str, url: str) -> None:
        """Raise SafetyError before a request to another host is sent."""
        try:
            is_allowed = endpoint_of(url) in self._allowed
        except ValueError:
            is_allowed = False
        if urlsplit(url).scheme not in ("http", "https") or not is_allowed:
            raise SafetyError(
                f"a page led to {urlsplit(url).hostname or url[:20]} with {method}: refused. It was"
                " not sent. If it is a test instance of yours, name it in the target's file."
            )
