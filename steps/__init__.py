"""The sentences of the features, one module for each noun. Each is a pytest plugin."""

NOUNS = (
    "buyer",
    "card",
    "code",
    "device",
    "cart",
    "elsewhere",
    "expiry",
    "fault",
    "form",
    "history",
    "hold",
    "invoice",
    "invoice_list",
    "language",
    "linked_cards",
    "merchant",
    "neighbour",
    "order",
    "other_order",
    "payment",
    "phone",
    "product",
    "purchase",
    "shop",
    "tab",
    "tile",
    "vault",
    "wallet",
)
FIXTURES = ("support.controls", "preparation")
pytest_plugins = [f"{__name__}.{name}" for name in (*FIXTURES, *NOUNS)]
