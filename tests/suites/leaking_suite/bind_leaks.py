"""Binds the leaks, and tells them in tests that are no scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytest_bdd import scenarios

from tests.suites.leaking_suite.leaked import CARD, EVERYTHING

scenarios("leaks.feature")
print(EVERYTHING)


@pytest.fixture
def untidy() -> Iterator[None]:
    yield
    print(EVERYTHING)
    raise ValueError(EVERYTHING)


@pytest.mark.parametrize("number", [CARD, pytest.param(1, id=CARD), 4111111111111111])
def test_named(number: object) -> None:
    assert number is None


@pytest.mark.parametrize("number", [1, 2], ids=lambda number: f"{CARD} {number}")
def test_named_by_a_function(number: int) -> None:
    print(EVERYTHING)


def test_recorded(
    record_property: Callable[[str, object], None],
    record_testsuite_property: Callable[[str, object], None],
) -> None:
    record_property("card", CARD)
    record_property("number", 4111111111111111)
    record_testsuite_property("all", EVERYTHING)


def test_untidy(untidy: None) -> None:
    pass


def test_skipped() -> None:
    pytest.skip(EVERYTHING)


@pytest.mark.xfail(reason=EVERYTHING)
def test_expected_to_fail() -> None:
    raise AssertionError(EVERYTHING)
