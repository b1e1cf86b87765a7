"""The sentences of the features, one module for each noun. Each is a pytest plugin."""

NOUNS = (
    "address",
    "another_buyer",
    "buyer",
    "card",
    "card_list",
    "charge",
    "expiry",
    "fault",
    "hold",
    "invoice",
    "language",
    "listed_cards",
    "merchant",
    "order",
    "payment",
    "phone",
    "product",
    "shop",
    "vault",
    "wallet",
    "window",
)
FIXTURES = ("support.controls", "preparation")
pytest_plugins = [f"{__name__}.{name}" for name in (*FIXTURES, *NOUNS)]
