"""Check a target before a run: its pages and the labels on them."""
