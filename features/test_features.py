"""The binding: every scenario of every English feature is a test. Those in Arabic have their own."""

from pytest_bdd import scenarios

scenarios("wallet", "cards")
