"""The switch between an assertion as it is written and its mutants, in this process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checkout_conformance.drivers.http.reading.visibility import hidden_elements_count

DROP, NEGATE = "drop", "negate"
# The name of the switch in instrumented modules.
NAME = "_oracle_switch"


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

    def hidden_too(self, locator: Callable[[], Any]) -> None:
        """Wait until a locator finds something, shown or not.

        Roles and names include what is hidden meanwhile: else a locator by role would ask for
        something that is shown.
        """
        with hidden_elements_count():
            locator().first.wait_for(state="attached")

    def negate(self, assertion: Callable[[], object]) -> None:
        """Raise AssertionError if an assertion holds."""
        try:
            assertion()
        except AssertionError:
            return
        raise AssertionError("the negated assertion does not hold")


SWITCH = Switch()
