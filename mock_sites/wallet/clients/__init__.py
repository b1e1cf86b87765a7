"""What the wallet sends over HTTP."""
