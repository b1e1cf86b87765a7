"""The errands of each site: the ways through it, gone over HTTP instead of on the screen."""

from __future__ import annotations

from checkout_conformance.drivers.http_session import Errand

from .flows import ShopMobileWays, ShopWays, VaultWays, WalletWays


class ShopErrand(Errand, ShopWays):
    """Through the shop at a desktop."""

    name = "shop"


class ShopMobileErrand(Errand, ShopMobileWays):
    """Through the shop on a phone."""

    name = "shop"


class WalletErrand(Errand, WalletWays):
    """Through the wallet."""

    name = "wallet"


class VaultErrand(Errand, VaultWays):
    """Through the card vault."""

    name = "vault"
