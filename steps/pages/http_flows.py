"""The errands of each site: the ways through it, gone over HTTP instead of on the screen."""

from __future__ import annotations

from checkout_conformance.drivers.http_session import HttpSession

from .flows import ShopFlows, ShopMobileFlows, VaultFlows, WalletFlows


class ShopHttpSession(HttpSession, ShopFlows):
    """Through the shop at a desktop."""

    name = "shop"


class ShopMobileHttpSession(HttpSession, ShopMobileFlows):
    """Through the shop on a phone."""

    name = "shop"


class WalletHttpSession(HttpSession, WalletFlows):
    """Through the wallet."""

    name = "wallet"


class VaultHttpSession(HttpSession, VaultFlows):
    """Through the card vault."""

    name = "vault"
