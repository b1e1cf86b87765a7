"""A visit: what is counted of a clause, and what is said of a failure."""

from __future__ import annotations

from typing import Any

import pytest

from checkout_conformance.load.visit import Visit, VisitFailed, pages_over_http, reason_of
from checkout_conformance.people import invent_buyer
from checkout_conformance.redaction.secrets import hide
from checkout_conformance.targets.target import Target, not_offered

Counted = list[tuple[str, str, str | None]]


@pytest.fixture
def counted() -> Counted:
    return []


@pytest.fixture
def pauses() -> list[int]:
    return []


@pytest.fixture
def visit(counted: Counted, pauses: list[int]) -> Visit:
    def record(kind: str, name: str, seconds: float, failure: str | None) -> None:
        assert seconds >= 0
        counted.append((kind, name, failure))

    target, nothing = Target("mock", "en"), Any
    think = lambda: pauses.append(1)  # noqa: E731
    return Visit(invent_buyer("1"), target, nothing, record, think, pages_over_http(target, 10))


def test_a_clause_is_counted_and_followed_by_a_pause(
    visit: Visit, counted: Counted, pauses: list[int]
) -> None:
    with visit.clause("W1.1"):
        assert pauses == []

    assert counted == [("clause", "W1.1", None)]
    assert pauses == [1]


def test_a_clause_that_fails_is_counted_with_its_reason_and_ends_the_visit(
    visit: Visit, counted: Counted, pauses: list[int]
) -> None:
    with pytest.raises(VisitFailed), visit.clause("W1.1"):
        raise AssertionError("no menu\nand much more")

    assert counted == [("clause", "W1.1", "AssertionError: no menu")]
    assert pauses == []


def test_what_the_target_does_not_offer_is_no_failure_of_the_clause(
    visit: Visit, counted: Counted
) -> None:
    with pytest.raises(pytest.skip.Exception), visit.clause("W1.1"):
        not_offered("the menu")

    assert counted == []


def test_a_reason_has_no_secret_and_no_number_of_one_visit() -> None:
    password = hide("correct horse battery")

    said = reason_of(ValueError(f"order 17 of 0b0f7a34-6d0c-4a8e-9b3a-3c1b7d0c8f55: {password}"))

    assert said.startswith("ValueError: order … of …: ")
    assert password not in said
