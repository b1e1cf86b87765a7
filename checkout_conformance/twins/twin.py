"""What a twin is, and how one is defined: a function that changes the reference site."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checkout_conformance.drivers.capabilities import Capability

PAGES = "pages"
# Takes what the content changes its site by.
Maker = Callable[[Any], None]


@dataclass(frozen=True)
class Twin:
    """A right site: it obeys every clause and differs from the reference in one way.

    ``sentence`` describes the difference, ``kind`` the module that defines it. ``clauses`` are the
    ids of the clauses at which a buyer meets the difference. ``needs`` are what a driver has to
    have to use the site at all: without it no scenario is tried.
    """

    name: str
    sentence: str
    site: str
    kind: str
    clauses: tuple[str, ...]
    make: Maker = field(repr=False)
    # The folder of its whole templates.
    pages: Path = field(default=Path(), repr=False)
    # What a target file would say of its data: tables of features/data.toml, with other values.
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)
    needs: tuple[Capability, ...] = ()
    # What a target file would say that the site does not offer, in its ``lacks``.
    lacks: tuple[str, ...] = ()


def _pages_beside(module: str) -> Path:
    """Return the folder ``pages`` beside a module, or beside its package."""
    folder = Path(str(sys.modules[module].__file__)).parent
    return next((one / PAGES for one in (folder, folder.parent) if (one / PAGES).is_dir()), folder)


class Collection:
    """Every twin by its name, in the order of their definition."""

    def __init__(self) -> None:
        self._twins: dict[str, Twin] = {}

    def twin(
        self,
        site: str,
        *clauses: str,
        data: Mapping[str, Any] | None = None,
        needs: tuple[Capability, ...] = (),
        lacks: tuple[str, ...] = (),
    ) -> Callable[[Maker], Maker]:
        """Define a twin by a function; its name and docstring become the twin's.

        ``data`` is what the target file of such a site says of its data, ``needs`` what only some
        drivers have and a buyer of this site cannot do without, ``lacks`` what the file says that
        the site does not offer. Raises ValueError for a name that is taken.
        """

        def define(make: Maker) -> Maker:
            name = make.__name__.replace("_", "-")
            if name in self._twins:
                raise ValueError(f"two twins are called {name}")
            sentence, kind = (make.__doc__ or "").strip(), make.__module__.rpartition(".")[2]
            pages = _pages_beside(make.__module__)
            self._twins[name] = Twin(
                name, sentence, site, kind, clauses, make, pages, dict(data or {}), needs, lacks
            )
            return make

        return define

    def named(self, names: Sequence[str] = ()) -> list[Twin]:
        """Return the named twins; without names, all. Raises KeyError."""
        return [self._twins[name] for name in names or self._twins]


COLLECTION = Collection()
twin = COLLECTION.twin
