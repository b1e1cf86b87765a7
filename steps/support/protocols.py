"""Requests that a shop or a stranger sends to the wallet and the vault, past the buyer."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx

from checkout_conformance.people import Buyer
from checkout_conformance.targets.addresses import on_loopback
from checkout_conformance.targets.shared_client import send_request
from checkout_conformance.targets.target import SiteUnreachable, Target

from .amounts import NamedAmount

BILLS = "/partner/bill/v1/bills"
LIST_OF_CARDS = "/ams/api/v1/vaults/inquireBuyerCards"
SECONDS = 10.0


def request_refund(
    target: Target,
    order: str,
    amount: NamedAmount,
    refund: str | None = None,
    key: str | None = None,
) -> httpx.Response:
    """Ask the wallet, as the shop does, to refund an order (W2.6).

    ``refund`` is the shop's id of the refund; each request has its own if it is not given.
    ``key`` is the secret key of another shop; without it, the target's own shop asks.
    """
    return _ask(target, "PUT", f"{order}/refunds/{refund or uuid4()}", amount, key=key)


def request_rejection(target: Target, order: str, key: str | None = None) -> httpx.Response:
    """Ask the wallet, as the shop does, to cancel the invoice of an order (W2.4, W2.6).

    ``key`` is the secret key of another shop; without it, the target's own shop asks.
    """
    return _ask(target, "POST", f"{order}/reject", key=key)


def request_invoice(
    target: Target,
    invoice: str,
    buyer: Buyer,
    amount: NamedAmount,
    due: datetime,
    key: str | None = None,
) -> httpx.Response:
    """Send the buyer an invoice, as a shop does, under the shop's own id of it (W2.3).

    ``key`` is the secret key of another shop; without it, the target's own shop asks.
    """
    more: dict[str, object] = {
        "customer": {"phone": buyer.phone},
        "expirationDateTime": due.isoformat(),
    }
    return _ask(target, "PUT", invoice, amount, more, key)


def _ask(
    target: Target,
    method: str,
    path: str,
    amount: NamedAmount | None = None,
    more: dict[str, object] | None = None,
    key: str | None = None,
) -> httpx.Response:
    """Send a request about a bill. By the bill protocol it has the id of its order."""
    value = None if amount is None else {"currency": amount.currency, "value": amount.typed}
    body = None if value is None else {"amount": value, **(more or {})}
    known = target.merchant_key if key is None else key
    return send(target, method, "wallet", f"{BILLS}/{path}", key=known, body=body)


def request_cards_unsigned(target: Target, buyer: Buyer) -> httpx.Response:
    """Ask the vault for a buyer's cards without a shop's signature (C2.6)."""
    asked = {"buyer": {"phone": buyer.phone}}
    return send(target, "POST", "vault", LIST_OF_CARDS, body=asked)


def send(
    target: Target,
    method: str,
    site: str,
    path: str,
    *,
    key: str | None = None,
    body: object = None,
    query: dict[str, str] | None = None,
) -> httpx.Response:
    """Send a request with ``body`` as JSON and a shop's secret ``key``, if they are given.

    Raises SiteUnreachable if the site does not answer. Its message tells neither key nor body.
    """
    address = on_loopback(target.url(site, path))
    more: dict[str, Any] = {} if key is None else {"headers": {"Authorization": f"Bearer {key}"}}
    try:
        return send_request(method, address, json=body, params=query, timeout=SECONDS, **more)
    except httpx.HTTPError as error:
        raise SiteUnreachable(
            f"{method} {path} on the {site}: {type(error).__name__}."
            f" Does {target.url(site)} still serve?"
        ) from None
