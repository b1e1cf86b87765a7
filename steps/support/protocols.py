"""Requests that a shop or a stranger sends to the wallet and the vault, past the buyer."""

from __future__ import annotations

from uuid import uuid4

import httpx

from checkout_conformance.people import Buyer
from checkout_conformance.targets.addresses import needs_proxy, on_loopback
from checkout_conformance.targets.target import Target

from .amounts import NamedAmount

BILLS = "/partner/bill/v1/bills"
LIST_OF_CARDS = "/ams/api/v1/vaults/inquireBuyerCards"
SECONDS = 10.0


def request_refund(target: Target, order: str, amount: NamedAmount) -> httpx.Response:
    """Ask the wallet, as the shop does, to refund an order (W2.6).

    By the bill protocol the bill of an order has the order's own id.
    """
    address = on_loopback(target.url("wallet", f"{BILLS}/{order}/refunds/{uuid4()}"))
    return httpx.put(
        address,
        json={"amount": {"currency": amount.currency, "value": amount.typed}},
        headers={"Authorization": f"Bearer {target.merchant_key}"},
        timeout=SECONDS,
        trust_env=needs_proxy(address),
    )


def request_cards_unsigned(target: Target, buyer: Buyer) -> httpx.Response:
    """Ask the vault for a buyer's cards without a shop's signature (C2.6)."""
    address = on_loopback(target.url("vault", LIST_OF_CARDS))
    asked = {"buyer": {"phone": buyer.phone}}
    return httpx.post(address, json=asked, timeout=SECONDS, trust_env=needs_proxy(address))
