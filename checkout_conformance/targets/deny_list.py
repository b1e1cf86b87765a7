"""Hosts that no run may contact: the providers of the documents and card networks."""

from __future__ import annotations

from checkout_conformance.targets.hosts import normal_host

# These domains and their subdomains are denied; no option allows them.
REAL_PROVIDERS = (
    "qiwi.com",
    "qiwi.ru",
    "qiwi.global",
    "qiwi.me",
    "alipay.com",
    "alipayplus.com",
    "antgroup.com",
    "antom.com",
    "alibaba.com",
    "aliexpress.com",
    "aliexpress.ru",
    "taobao.com",
    "tmall.com",
    "steampowered.com",
    "steamcommunity.com",
    "visa.com",
    "mastercard.com",
    "americanexpress.com",
    "stripe.com",
    "paypal.com",
)


def is_denied(host: str) -> bool:
    """Return whether ``host`` is that of a real provider, or not a valid host name."""
    try:
        name = normal_host(host)
    except ValueError:
        return True
    return any(name == denied or name.endswith(f".{denied}") for denied in REAL_PROVIDERS)
