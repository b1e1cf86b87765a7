"""The flows of each site over HTTP instead of in the browser."""

from __future__ import annotations

from checkout_conformance.drivers.http_session import HttpSession

from .flows import ShopFlows, ShopMobileFlows, VaultFlows, WalletFlows


class ShopHttpSession(HttpSession, ShopFlows):
    """The shop on a desktop."""

    name = "shop"


class ShopMobileHttpSession(HttpSession, ShopMobileFlows):
    """The shop on a phone."""

    name = "shop"


class WalletHttpSession(HttpSession, WalletFlows):
    """The wallet."""

    name = "wallet"


class VaultHttpSession(HttpSession, VaultFlows):
    """The card vault."""

    name = "vault"
