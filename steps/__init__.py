"""The sentences of the features, one module for each noun. Each is a pytest plugin."""

NOUNS = (
    "buyer",
    "card",
    "code",
    "device",
    "expiry",
    "fault",
    "form",
    "history",
    "hold",
    "invoice",
    "language",
    "merchant",
    "neighbour",
    "order",
    "payment",
    "phone",
    "product",
    "shop",
    "tab",
    "tile",
    "vault",
    "wallet",
)
FIXTURES = ("support.controls", "preparation")
pytest_plugins = [f"{__name__}.{name}" for name in (*FIXTURES, *NOUNS)]
