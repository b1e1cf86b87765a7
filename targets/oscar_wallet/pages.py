"""Page objects for the oscar that pays through the wallet: what differs from plain oscar."""

from __future__ import annotations

from ..oscar import OscarShop


class WalletShop(OscarShop):
    """Its orders have a state, and to confirm one leads to the wallet."""

    leaves_for_wallet = True
