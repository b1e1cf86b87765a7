"""The generated deviants: what the operators yield, without those that have no effect."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path

from checkout_conformance.deviants.deviant import Deviant
from deviants.generated import in_answers, in_pages, in_rules
from deviants.generated.faults import numbered

# Names of those that no journey tells from the reference.
DROPPED = Path(__file__).parent / "dropped.txt"


# The largest number of deviants that an operator makes in a function, or for a clause in a page.
MOST_IN_A_PLACE = 1


@cache
def generated() -> tuple[Deviant, ...]:
    """Return the deviants: the first of each operator in each place, unless it is dropped."""
    gone, taken, found = dropped(), Counter[str](), []
    for deviant in candidates():
        place = f"{place_of(deviant.name)} {deviant.clause}"
        if taken[place] < MOST_IN_A_PLACE:
            # One that is dropped keeps its place: the operator's next one there does not come in.
            taken[place] += 1
            if deviant.name not in gone:
                found.append(deviant)
    return tuple(found)


def named(name: str) -> Deviant | None:
    """Return one of all candidates, without looking at other places; None if there is none."""
    place = name.split("--")[1] if "--" in name else ""
    return next((one for one in candidates(place) if one.name == name), None)


@cache
def candidates(place: str | None = None) -> tuple[Deviant, ...]:
    """Return everything that the operators yield, or what they yield in one place."""
    found = (part.faults(place) for part in (in_rules, in_pages, in_answers))
    return tuple(numbered(chain.from_iterable(found)))


def place_of(name: str) -> str:
    """Return the operator and the place of a generated deviant, by its name."""
    return "--".join(name.split("--")[:2])


def dropped() -> frozenset[str]:
    """Return the names that are dropped."""
    lines = DROPPED.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
