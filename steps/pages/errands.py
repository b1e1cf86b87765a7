"""The errands of each site: the ways through it, gone over HTTP instead of on the screen."""

from __future__ import annotations

from steps.pages.errand import Errand
from steps.pages.ways import ShopMobileWays, ShopWays, VaultWays, WalletWays


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
