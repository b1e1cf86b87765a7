"""What the sites count for Prometheus: nothing, unless they are started with ``--metrics``.

The library is imported only then (``prometheus_counts.py``).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

# Where the library looks for its files. It chooses by this, as it is imported.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"


class MetricsError(Exception):
    """Nothing can be counted. The message says what to install."""


class Counts(Protocol):
    """Where the counts are kept."""

    def add_request(self, site: str, method: str, route: str, status: str, took: float) -> None:
        """Count an answered request, which took so many seconds."""

    def add_conflict(self, site: str) -> None:
        """Count a request that is answered again, since a concurrent one got in its way."""

    def add_delivery(self, sender: str, result: str) -> None:
        """Count a try to deliver a notification."""

    def text(self) -> bytes:
        """Return the counts of all processes in Prometheus' text format."""


class Metrics:
    """The counts of this process, and of those that it is forked into."""

    def __init__(self) -> None:
        self.counts: Counts | None = None

    def switch_on(self, folder: Path) -> None:
        """Count from now on, in files of ``folder``. Raises MetricsError without the library."""
        os.environ[FOLDER] = str(folder)
        try:
            from .prometheus_counts import PrometheusCounts
        except ModuleNotFoundError:
            raise MetricsError(
                "--metrics needs prometheus_client: pip install 'checkout-conformance[metrics]'"
            ) from None
        self.counts = PrometheusCounts()

    def add_conflict(self, site: str) -> None:
        """Count a request that is answered again, since a concurrent one got in its way."""
        if self.counts is not None:
            self.counts.add_conflict(site)

    def add_delivery(self, sender: str, result: str) -> None:
        """Count a try to deliver a notification."""
        if self.counts is not None:
            self.counts.add_delivery(sender, result)


METRICS = Metrics()
