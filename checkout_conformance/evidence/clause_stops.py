"""``--stop-at-clauses``: wait for Enter before each clause."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from _pytest.capture import CaptureManager

from checkout_conformance.clauses import OUR_LANGUAGE, read_clauses


def stop_at(clause: str, config: pytest.Config) -> None:
    """Print the clause and wait for Enter."""
    with _terminal(config):
        known = read_clauses().get(clause)
        print(f"\n{known.heading}\n{known.text[OUR_LANGUAGE]}" if known else f"\n{clause}")
        print("Press Enter to continue.", flush=True)
        sys.stdin.readline()


@contextmanager
def _terminal(config: pytest.Config) -> Iterator[None]:
    """Use the real terminal, which pytest captures, while the block runs."""
    capture: CaptureManager | None = config.pluginmanager.get_plugin("capturemanager")
    if capture is None:
        yield
        return
    capture.suspend(in_=True)
    try:
        yield
    finally:
        capture.resume()
