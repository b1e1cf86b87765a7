"""Compiled templates of the sites, kept for every site that a test starts."""

from __future__ import annotations

from checkout_conformance.reporting.kept_bytecode import KeptBytecode

KEPT_BYTECODE = KeptBytecode()
