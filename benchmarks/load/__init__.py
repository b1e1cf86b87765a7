"""Requests to the sites without a harness, and a bare site to compare them with."""
