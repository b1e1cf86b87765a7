"""The mock sites: a wallet provider, a third-party shop and the buyer's phone."""
