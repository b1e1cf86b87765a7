"""Loads the engine's plugin and the steps of the features."""

from checkout_conformance.launch import plugins
from checkout_conformance.project import OWN

# A project of a team loads them by itself, and pytest allows it only above all tests.
if OWN is None:
    pytest_plugins = plugins()
