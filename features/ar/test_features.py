"""Binds the Arabic features. A run of all features leaves them out: they are the English ones."""

from pytest_bdd import scenarios

scenarios("wallet", "cards")
