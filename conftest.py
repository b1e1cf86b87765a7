"""Loads the engine's plugin and the steps of the features."""

from checkout_conformance.project import content_package

pytest_plugins = ["checkout_conformance.plugin", content_package("steps")]
