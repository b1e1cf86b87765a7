"""The pytest side of traces: without a configured collector it imports nothing."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest

# The standard variables of OpenTelemetry: where to send everything, or the traces alone.
ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
EXPORTER = "opentelemetry.exporter.otlp.proto.http"


def pytest_configure(config: pytest.Config) -> None:
    """Record spans if a collector is configured and the packages are there."""
    if endpoint_named() and is_installed():
        config.pluginmanager.import_plugin("checkout_conformance.tracing.recording")


def pytest_report_header() -> str | None:
    """Say if a collector is configured that will get nothing."""
    name = endpoint_named()
    if name is None or is_installed():
        return None
    return f"{name} is set, but no traces are sent: pip install 'checkout-conformance[otel]'"


def endpoint_named() -> str | None:
    """Return the variable that names a collector; None if there is none."""
    return next((name for name in ENDPOINTS if os.environ.get(name)), None)


def is_installed() -> bool:
    """Return whether the packages of the extra ``otel`` are there."""
    try:
        return find_spec(EXPORTER) is not None
    except ModuleNotFoundError:
        return False
