"""Wallets whose currency has no decimals, or three."""

from __future__ import annotations

from tests.support.wallet_fixture import WalletFixture


def checked(wallet: WalletFixture, amount: str) -> str:
    """The page on which a buyer checks a payment of this amount."""
    return wallet.buyer().send("/pay/to/steam", account="night_owl_42", amount=amount).text


def test_prices_in_yen(wallet: WalletFixture) -> None:
    assert "¥1,500<" in checked(wallet, "1500")
    assert "¥1,500<" not in checked(wallet, "1500.50")


def test_prices_in_dinar(wallet: WalletFixture) -> None:
    assert "KWD\N{NO-BREAK SPACE}15.125<" in checked(wallet, "15.125")
    assert "KWD\N{NO-BREAK SPACE}15.125<" not in checked(wallet, "15.1255")
