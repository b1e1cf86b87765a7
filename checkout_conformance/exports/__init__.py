"""A run's results in the formats of other tools, each from ``conformance.json``."""
