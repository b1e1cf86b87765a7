"""Thresholds: their grammar, and what they find."""

from __future__ import annotations

import argparse

import pytest

from checkout_conformance.load.thresholds import errors_of, parse_threshold
from tests.engine.load.conftest import Make

SECONDS = 10


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("p95 < 81 ms", True),
        ("p95 < 80 ms", False),
        ("W1.5 p95 < 21 ms", True),
        ("W1.6 longest<81ms", True),
        ("W1.6 p99 < 79 ms", False),
        ("W2.1 median < 1000 ms", False),
        ("failures < 2.5 %", True),
        ("failures < 2 %", False),
        ("W1 failures < 5 %", True),
        ("W1.5 failures < 1 %", True),
        ("W1.6 failures < 1 %", False),
        ("visits > 9.7 /s", True),
        ("visits > 9.8 /s", False),
    ],
)
def test_a_threshold_holds_or_not(counted: Make, text: str, holds: bool) -> None:
    errors = errors_of([parse_threshold(text)], counted(failures=2), SECONDS)

    assert (errors == []) is holds
    assert all(text in error for error in errors)


def test_every_clause_that_is_too_slow_is_named(counted: Make) -> None:
    errors = errors_of([parse_threshold("p95 < 10 ms")], counted(), SECONDS)

    assert [error.partition(": ")[2][:4] for error in errors] == ["W1.5", "W1.6"]


@pytest.mark.parametrize(
    "text", ["", "p95", "p95 > 5 ms", "p95 < 5", "p50 < 5 ms", "w1.6 p95 < 5 ms", "failures < x %"]
)
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="write a threshold as"):
        parse_threshold(text)
