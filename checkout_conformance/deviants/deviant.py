"""What a deviant is, and how one is defined: a function that changes the reference site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

# The site as it should be, served and driven in the same way: every scenario has to pass on it.
REFERENCE = "reference"
# The kind, and the package, of deviants that were written from the clauses alone.
BLIND = "blind"
# The same again, by somebody who knew neither the features nor the other deviants.
UNSEEN = "unseen"
# The kind of deviants that operators make of the reference sites.
GENERATED = "generated"
# They measure the suite, and not all of them are killed yet: they run when asked for.
ON_REQUEST = frozenset({BLIND, UNSEEN})

# Takes what the content changes its site by.
Maker = Callable[[Any], None]


class DeviantError(Exception):
    """A deviant cannot be served. The message says why."""


class NoSuchSite(LookupError):
    """No changed site has this name. The message says what to do."""


@dataclass(frozen=True)
class Deviant:
    """The reference site with one deliberate error.

    ``sentence`` describes the error, ``clause`` is the id of the clause that it breaks, ``kind``
    the module that defines it, or ``blind`` or ``unseen`` if it was written without knowing the
    features.
    ``caught_by`` are the beginnings of the names of scenarios that should fail; they run before the
    clause's other scenarios.
    """

    name: str
    sentence: str
    clause: str
    site: str
    kind: str
    caught_by: tuple[str, ...]
    make: Maker = field(repr=False)


class Collection:
    """Every deviant by its name, in the order of their definition."""

    def __init__(self) -> None:
        self._deviants: dict[str, Deviant] = {}

    def deviant(self, clause: str, site: str, *caught_by: str) -> Callable[[Maker], Maker]:
        """Define a deviant by a function; its name and docstring become the deviant's.

        Raises ValueError for a name that is taken.
        """

        def define(make: Maker) -> Maker:
            name = make.__name__.replace("_", "-")
            if name in self._deviants or name == REFERENCE:
                raise ValueError(f"two deviants are called {name}")
            sentence, kind = (make.__doc__ or "").strip(), kind_of(make.__module__)
            self._deviants[name] = Deviant(name, sentence, clause, site, kind, caught_by, make)
            return make

        return define

    def named(self, names: Sequence[str]) -> list[Deviant]:
        """Return the named deviants; without names, all. Raises KeyError."""
        return [self._deviants[name] for name in names or self._deviants]


def kind_of(module: str) -> str:
    """Return the kind of the deviants of a module, by the module's full name."""
    package, _, name = module.rpartition(".")
    folder = package.rpartition(".")[2]
    return folder if folder in ON_REQUEST else name


COLLECTION = Collection()
deviant = COLLECTION.deviant
