"""The switch between an assertion as it is written and its mutants, in this process."""

from __future__ import annotations

from collections.abc import Callable

DROP, NEGATE = "drop", "negate"


class Switch:
    """Which mutant is switched on, which assertions the scenario came to, and which held.

    Instrumented modules ask it at every assertion.
    """

    def __init__(self) -> None:
        self._place, self._operator = "", ""
        self.reached: list[str] = []
        self._open: list[str] = []

    def begin(self, place: str = "", operator: str = "") -> None:
        """A scenario begins, with that mutant of the assertion at that place, or with none."""
        self._place, self._operator = place, operator
        self.reached, self._open = [], []

    def at(self, place: str) -> str:
        """The scenario came to an assertion; return the operator that is switched on there."""
        self.reached.append(place)
        self._open.append(place)
        return self._operator if place == self._place else ""

    def held(self, place: str) -> None:
        """The assertion at that place held; so did those that were tried in vain before it."""
        if place in self._open:
            del self._open[self._open.index(place) :]

    @property
    def failing(self) -> str:
        """The place of the assertion that does not hold; empty if all of them held."""
        return self._open[-1] if self._open else ""

    def negate(self, assertion: Callable[[], object]) -> None:
        """Raise AssertionError if an assertion holds."""
        try:
            assertion()
        except AssertionError:
            return
        raise AssertionError("the negated assertion does not hold")


SWITCH = Switch()
