"""The switch between an assertion as it is written and its mutants, in this process."""

from __future__ import annotations

from collections.abc import Callable

from checkout_conformance.drivers.http.dom import Element
from checkout_conformance.drivers.http.locator import HttpLocator
from checkout_conformance.drivers.named import NamedLocator
from checkout_conformance.drivers.page import Locator

DROP, NEGATE = "drop", "negate"


class Switch:
    """Which mutant is switched on, which assertions the scenario came to, and which held.

    Instrumented modules ask it at every assertion.
    """

    def __init__(self) -> None:
        self._place, self._operator = "", ""
        self.reached: list[str] = []
        self.only_shown: list[str] = []
        self._open: list[str] = []

    def begin(self, place: str = "", operator: str = "") -> None:
        """A scenario begins, with that mutant of the assertion at that place, or with none."""
        self._place, self._operator = place, operator
        self.reached, self.only_shown, self._open = [], [], []

    def at(self, place: str) -> str:
        """The scenario came to an assertion; return the operator that is switched on there."""
        self.reached.append(place)
        self._open.append(place)
        return self._operator if place == self._place else ""

    def held(self, place: str) -> None:
        """The assertion at that place held; so did those that were tried in vain before it."""
        if place in self._open:
            del self._open[self._open.index(place) :]

    def look(self, place: str, locate: Callable[[], Locator | NamedLocator]) -> None:
        """Note an assertion that held if its locator finds only what is shown, as roles do.

        To ask whether a hidden element is there is no weaker then.
        """
        if self._operator or place in self.only_shown:
            return
        if not _finds_hidden(locate()):
            self.only_shown.append(place)

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


def _finds_hidden(locator: Locator | NamedLocator) -> bool:
    """Hide what a locator finds, until it finds nothing more or something hidden: say which."""
    changed: list[Element] = []
    try:
        while found := _elements(locator):
            if any("hidden" in one.attributes for one in found):
                return True
            for one in found:
                one.attributes["hidden"] = ""
            changed += found
        return not changed
    finally:
        for one in changed:
            del one.attributes["hidden"]


def _elements(locator: Locator | NamedLocator) -> list[Element]:
    found = locator.now() if isinstance(locator, NamedLocator) else locator
    return found.elements() if isinstance(found, HttpLocator) else []


SWITCH = Switch()
