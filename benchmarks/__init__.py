"""Benchmarks of the harness and the mock sites, next to a plain script and other tools."""
