"""Requests of a shop to the wallet about its statements and its log of notifications."""

from __future__ import annotations

import httpx

from checkout_conformance.targets.addresses import on_loopback
from checkout_conformance.targets.shared_client import send_request
from checkout_conformance.targets.target import Target

STATEMENTS = "/partner/bill/v1/statements"
NOTIFICATIONS = "/partner/bill/v1/notifications"
SECONDS = 10.0


def request_statement(target: Target, day: str, form: str, key: str) -> httpx.Response:
    """Ask the wallet for a shop's statement of a day, as ``csv`` or ``json`` (W2.6).

    ``day`` is written as 2026-11-27; ``key`` is the shop's secret key.
    """
    return _ask(target, "GET", f"{STATEMENTS}/{day}.{form}", key)


def request_log(target: Target, key: str, invoice: str | None = None) -> httpx.Response:
    """Ask the wallet what a shop was told, of one invoice or of all, and how it answered (W2.6)."""
    query = {} if invoice is None else {"bill_id": invoice}
    return _ask(target, "GET", NOTIFICATIONS, key, **query)


def request_replay(target: Target, invoice: str, replay: str, key: str) -> httpx.Response:
    """Ask the wallet to send the notification of an invoice again (W2.6).

    ``replay`` is the shop's own number of this wish.
    """
    return _ask(target, "PUT", f"{NOTIFICATIONS}/{invoice}/replays/{replay}", key)


def _ask(target: Target, method: str, path: str, key: str, **query: str) -> httpx.Response:
    address = on_loopback(target.url("wallet", path))
    return send_request(
        method,
        address,
        params=query,
        headers={"Authorization": f"Bearer {key}"},
        timeout=SECONDS,
    )
