"""Binds the English features: every scenario is a test. The Arabic ones have a binding too."""

from pytest_bdd import scenarios

scenarios("wallet", "cards")
