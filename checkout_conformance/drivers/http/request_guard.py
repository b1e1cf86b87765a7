"""Keeps the HTTP driver from hosts that are no sites of the target."""

from __future__ import annotations

from collections.abc import Collection
from typing import NoReturn
from urllib.parse import urlsplit

from checkout_conformance.targets.hosts import endpoint_of
from checkout_conformance.targets.safety_error import SafetyError


class RequestGuard:
    """Allows requests to the target's sites, and to nothing else."""

    def __init__(self, addresses: Collection[str]) -> None:
        """``addresses`` are those of the target's sites."""
        self._allowed = {endpoint_of(address) for address in addresses}

    def allow(self, method: str, url: str) -> None:
        """Raise SafetyError before a request to another host is sent."""
        try:
            parts, endpoint = urlsplit(url), endpoint_of(url)
        except ValueError:
            self._refuse(method, url[:20])
        if parts.scheme not in ("http", "https") or endpoint not in self._allowed:
            self._refuse(method, parts.hostname or url[:20])

    def _refuse(self, method: str, host: str) -> NoReturn:
        raise SafetyError(
            f"a page led to {host} with {method}: refused. It was not sent. If it is a test"
            " instance of yours, name it in the target's file."
        )
