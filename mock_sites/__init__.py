"""The mock sites: a wallet provider, a third-party shop, a card vault and the buyer's phone."""

# Every site of a stack, in the order of their ports. The function ``create_NAME`` of the package
# ``mock_sites.NAME`` makes the site; a target file may use the name. No other list names them.
SITES = ("wallet", "shop", "vault", "phone")
