"""The sentences of the features, a module per noun; each is a pytest plugin."""

NOUNS = (
    "buyer",
    "card",
    "controls",
    "expiry",
    "fault",
    "hold",
    "invoice",
    "language",
    "merchant",
    "order",
    "payment",
    "phone",
    "product",
    "shop",
    "vault",
    "wallet",
)
pytest_plugins = [f"{__name__}.{noun}" for noun in NOUNS]
