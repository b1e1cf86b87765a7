"""The sentences of the features, one module for each noun. Each is a pytest plugin."""

import pytest

from checkout_conformance.launch import load_plugins

NOUNS = (
    "address",
    "another_buyer",
    "browser_language",
    "buyer",
    "card",
    "cart",
    "card_list",
    "cent_return",
    "challenge",
    "charge",
    "code",
    "device",
    "earlier_order",
    "earlier_payment",
    "shop_elsewhere",
    "shop_history",
    "expiry",
    "fault",
    "wallet_in_language",
    "shop_in_language",
    "form",
    "history",
    "hold",
    "invoice",
    "invoice_list",
    "language",
    "leaving",
    "linked_cards",
    "lost_answer",
    "merchant",
    "merchant_invoice",
    "notification_log",
    "other_merchant",
    "other_wallet",
    "order",
    "other_order",
    "payment",
    "phone",
    "product",
    "purchase",
    "russian_phone",
    "same_browser",
    "shop",
    "statement",
    "surroundings",
    "tab",
    "tile",
    "vault",
    "vault_cards",
    "vault_cards_in_shop",
    "vault_form",
    "vault_history",
    "wallet",
    "whole_purchase",
    "window",
)
FIXTURES = ("support.controls", "preparation")
PLUGINS = tuple(f"{__name__}.{name}" for name in (*FIXTURES, *NOUNS))


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Load the nouns, in their order."""
    load_plugins(PLUGINS, pluginmanager)
