"""How many requests this process has sent to the sites, by controls and by the HTTP driver."""

from __future__ import annotations


class SentRequests:
    """The number of requests so far; redirects that are followed count too."""

    def __init__(self) -> None:
        self.number = 0

    def add(self) -> None:
        """Count a request."""
        self.number += 1


SENT = SentRequests()
