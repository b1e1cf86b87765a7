"""A sample has as many mutants as were asked for, the same ones for the same seed."""

from __future__ import annotations

import pytest

from checkout_conformance.oracle.assertions import Assertion
from checkout_conformance.oracle.sample import sample

ASSERTIONS = [
    Assertion(f"steps.wallet:step:{number}", number, "expect(it).to_be_visible()", operators)
    for number, operators in enumerate(
        [("drop", "negate"), ("drop", "negate", "part"), ("drop",), ("negate", "anything")]
    )
]


def mutants(chosen: list[Assertion]) -> list[tuple[str, str]]:
    return [(one.place, operator) for one in chosen for operator in one.operators]


@pytest.mark.parametrize("number", [1, 3, 7])
def test_a_sample_has_so_many_of_the_mutants(number: int) -> None:
    chosen = mutants(sample(ASSERTIONS, number, seed=1))
    assert len({*chosen}) == len(chosen) == number
    assert {*chosen} <= {*mutants(ASSERTIONS)}


def test_a_sample_of_more_than_there_are_is_all_of_them() -> None:
    assert mutants(sample(ASSERTIONS, 100, seed=1)) == mutants(ASSERTIONS)


def test_a_seed_chooses_the_same_mutants_again_and_another_seed_others() -> None:
    first, again = (sample(ASSERTIONS, 4, seed=1) for _ in range(2))
    others = [sample(ASSERTIONS, 4, seed=seed) for seed in range(2, 12)]
    assert first == again
    assert any(other != first for other in others)


def test_an_assertion_without_a_chosen_mutant_is_left_out() -> None:
    assert len(sample(ASSERTIONS, 1, seed=1)) == 1
