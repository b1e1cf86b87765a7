"""The only binding: every scenario of every feature below this folder is a test."""

from pytest_bdd import scenarios

scenarios(".")
