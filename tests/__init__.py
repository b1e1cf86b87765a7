"""Tests of the harness itself, and of the sites without a browser."""
