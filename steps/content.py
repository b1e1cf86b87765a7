"""The facts about these procedures that the engine needs: sites, paying controls, side effects."""

from __future__ import annotations

from checkout_conformance.content import Content

from .data import Data
from .pages.shop import Shop
from .pages.vault import Vault
from .pages.wallet import Wallet
from .support.published_cards import is_published

CONTENT = Content(
    # The last step of every documented way to pay.
    paying=frozenset({"Confirm", "Confirm order", "Confirm (card)", "Done", "Pay now"}),
    # Where Confirm deletes cards.
    sells_nothing=frozenset({"vault"}),
    leaves={
        "Confirm order": "an order",
        "Confirm (card)": "a card, or a payment by card",
        "Done": "a card",
        "Save": "a card in the vault",
        "Confirm": "a payment",
        "Add to cart": "a line in the cart",
    },
    # A promotion may have a View of its own.
    parts={"View": "Unpaid invoices"},
    is_test_card=is_published,
    procedures={
        "wallet": ("W1", "W2"),
        "shop": ("W2", "C1", "C2", "C3"),
        "vault": ("C1", "C2", "C3"),
        # The codes come to it.
        "phone": ("W1", "W2"),
    },
    sign_in={"wallet": Wallet, "shop": Shop, "vault": Vault},
    # The wallet and the vault lead there by themselves.
    surveyed_paths={"shop": ("sign_in",)},
    load="steps.load",
    data=Data,
)
