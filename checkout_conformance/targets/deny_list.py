"""Hosts that no run may ever touch: the real providers behind the documents, and card networks."""

from __future__ import annotations

from checkout_conformance.targets.hosts import normal_host

# Whatever ends in one of these is denied, and no option allows it.
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
    """Whether ``host`` is a real provider's, however it is written, or no host name at all."""
    try:
        name = normal_host(host)
    except ValueError:
        return True
    return any(name == denied or name.endswith(f".{denied}") for denied in REAL_PROVIDERS)
