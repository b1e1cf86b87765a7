"""The sentences of the features, one module for each noun. Each is a pytest plugin."""

NOUNS = (
    "buyer",
    "card",
    "cart",
    "elsewhere",
    "expiry",
    "fault",
    "hold",
    "invoice",
    "language",
    "linked_cards",
    "merchant",
    "order",
    "payment",
    "phone",
    "product",
    "shop",
    "vault",
    "wallet",
)
FIXTURES = ("support.controls", "preparation")
pytest_plugins = [f"{__name__}.{name}" for name in (*FIXTURES, *NOUNS)]
