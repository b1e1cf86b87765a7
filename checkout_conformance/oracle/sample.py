"""A random sample of the mutants, for a look at the score that takes minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from checkout_conformance.oracle.assertions import Assertion


def sample(assertions: Sequence[Assertion], number: int, seed: int) -> list[Assertion]:
    """Return the assertions with ``number`` of all their mutants; all mutants if there are fewer.

    The same seed chooses the same mutants as long as the assertions stay the same.
    """
    every = [(one.place, operator) for one in assertions for operator in one.operators]
    chosen = {*Random(seed).sample(every, min(number, len(every)))}
    left = [
        replace(one, operators=tuple(o for o in one.operators if (one.place, o) in chosen))
        for one in assertions
    ]
    return [one for one in left if one.operators]
