"""The shop's HTTP clients: the wallet's bill protocol and the vault's merchant protocol."""
