"""The mock sites: a wallet provider, a third-party shop, a card vault and the buyer's phone."""
