"""What a twin is, and how one is defined: a function that changes the reference site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

# Takes what the content changes its site by.
Maker = Callable[[Any], None]


@dataclass(frozen=True)
class Twin:
    """A right site: it obeys every clause and differs from the reference in one way.

    ``sentence`` describes the difference, ``kind`` the module that defines it. ``clauses`` are the
    ids of the clauses at which a buyer meets the difference.
    """

    name: str
    sentence: str
    site: str
    kind: str
    clauses: tuple[str, ...]
    make: Maker = field(repr=False)


class Collection:
    """Every twin by its name, in the order of their definition."""

    def __init__(self) -> None:
        self._twins: dict[str, Twin] = {}

    def twin(self, site: str, *clauses: str) -> Callable[[Maker], Maker]:
        """Define a twin by a function; its name and docstring become the twin's.

        Raises ValueError for a name that is taken.
        """

        def define(make: Maker) -> Maker:
            name = make.__name__.replace("_", "-")
            if name in self._twins:
                raise ValueError(f"two twins are called {name}")
            sentence, kind = (make.__doc__ or "").strip(), make.__module__.rpartition(".")[2]
            self._twins[name] = Twin(name, sentence, site, kind, clauses, make)
            return make

        return define

    def named(self, names: Sequence[str] = ()) -> list[Twin]:
        """Return the named twins; without names, all. Raises KeyError."""
        return [self._twins[name] for name in names or self._twins]


COLLECTION = Collection()
twin = COLLECTION.twin
