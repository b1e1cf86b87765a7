"""Binds the accidents; named so that the repository's own runs do not collect it."""

from pytest_bdd import scenarios

scenarios("accidents.feature")
