"""The sentences of the features, one module for each noun. Each is a pytest plugin."""

NOUNS = (
    "buyer",
    "card",
    "expiry",
    "fault",
    "hold",
    "invoice",
    "language",
    "leaving",
    "merchant",
    "order",
    "payment",
    "phone",
    "product",
    "shop",
    "vault",
    "vault_cards",
    "vault_form",
    "wallet",
)
FIXTURES = ("support.controls", "preparation")
pytest_plugins = [f"{__name__}.{name}" for name in (*FIXTURES, *NOUNS)]
