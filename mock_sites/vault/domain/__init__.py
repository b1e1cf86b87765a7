"""The vault's rules, one noun a module. Nothing here knows Flask."""
