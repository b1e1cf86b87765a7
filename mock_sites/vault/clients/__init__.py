"""The vault's HTTP clients."""
