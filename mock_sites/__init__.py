"""The mock sites: wallet, shop, card vault, the buyer's phone and the issuers' 3-D Secure."""

# Every site of a stack, in the order of their ports. The function ``create_NAME`` of the package
# ``mock_sites.NAME`` makes the site; a target file may use the name. No other list names them.
SITES = ("wallet", "shop", "vault", "phone", "acs")
