"""What the vault sends over HTTP."""
