"""The package: what it contains, needs, and does where nothing else is installed."""
