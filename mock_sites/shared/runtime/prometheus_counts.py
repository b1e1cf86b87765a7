"""The counts of all processes of a stack, kept by prometheus_client."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

# Seconds: a page of ours takes some milliseconds, a payment that waits for a bank many seconds.
BUCKETS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class PrometheusCounts:
    """Counters in files, one for each process: the sum outlives a process that dies."""

    def __init__(self) -> None:
        self._requests = Counter(
            "mock_sites_requests",
            "Answered requests",
            ["site", "method", "route", "status"],
            registry=None,
        )
        self._seconds = Histogram(
            "mock_sites_request_seconds",
            "How long requests took",
            ["site", "route"],
            buckets=BUCKETS,
            registry=None,
        )
        self._conflicts = Counter(
            "mock_sites_conflicts",
            "Requests answered again after a conflict of two transactions",
            ["site"],
            registry=None,
        )
        self._deliveries = Counter(
            "mock_sites_deliveries",
            "Tries to deliver a notification",
            ["sender", "result"],
            registry=None,
        )

    def add_request(self, site: str, method: str, route: str, status: str, took: float) -> None:
        """Count an answered request, which took so many seconds."""
        self._requests.labels(site, method, route, status).inc()
        self._seconds.labels(site, route).observe(took)

    def add_conflict(self, site: str) -> None:
        """Count a request that is answered again, since a concurrent one got in its way."""
        self._conflicts.labels(site).inc()

    def add_delivery(self, sender: str, result: str) -> None:
        """Count a try to deliver a notification."""
        self._deliveries.labels(sender, result).inc()

    def text(self) -> bytes:
        """Return the counts of all processes in Prometheus' text format."""
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
