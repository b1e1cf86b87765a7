"""A look at a target before anyone runs a suite on it: its pages, and the labels on them."""
