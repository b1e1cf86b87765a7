"""A plan of a few scenarios for each clause: a page of all of them takes seconds to load."""

from __future__ import annotations

from collections import Counter
from functools import cache

from checkout_conformance.plan import PlannedScenario, read_plan

# Of each kind: the walks on a computer, those on a phone, and what else is tried of a clause.
OF_A_KIND = 3


@cache
def few_scenarios() -> tuple[PlannedScenario, ...]:
    """The first scenarios of every clause, in English, in the order of the features."""
    seen = Counter[object]()
    few = []
    for one in read_plan():
        kind = (one.clauses[:1], one.is_walk, one.on_a_phone)
        seen[kind] += not one.edition
        if not one.edition and seen[kind] <= OF_A_KIND:
            few.append(one)
    return tuple(few)
