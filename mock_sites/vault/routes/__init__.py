"""The vault's pages, one noun a module: HTTP in and out, no rules."""
