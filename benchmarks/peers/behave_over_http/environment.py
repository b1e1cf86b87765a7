"""behave's hooks over HTTP: one client for the process, one walk for the scenario."""

from typing import Any

from benchmarks.peers.http_walk import HttpWalk, new_client
from benchmarks.peers.sites import Sites


def before_all(context: Any) -> None:
    """Open the client."""
    context.client = new_client()
    context.sites = Sites()


def after_all(context: Any) -> None:
    """Close it."""
    context.client.close()


def before_scenario(context: Any, _scenario: Any) -> None:
    """A new buyer in a fresh session."""
    context.walk = HttpWalk(context.client, context.sites)
