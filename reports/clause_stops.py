"""Clause by clause at the pace of whoever watches: the run waits for Enter before each."""

from __future__ import annotations

import sys
from contextlib import nullcontext

import pytest
from _pytest.capture import CaptureManager

from reports.clauses import OUR_LANGUAGE, read_clauses


def stop_at(clause: str, config: pytest.Config) -> None:
    """Say what the clause asks and wait until somebody presses Enter."""
    capture: CaptureManager | None = config.pluginmanager.get_plugin("capturemanager")
    with capture.global_and_fixture_disabled() if capture else nullcontext():
        known = read_clauses().get(clause)
        print(f"\n{known.heading}\n{known.text[OUR_LANGUAGE]}" if known else f"\n{clause}")
        print("Enter goes on …", end=" ", flush=True)
        sys.stdin.readline()
